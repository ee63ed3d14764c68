import type { Strategy } from "./strategy.js";

/** Why a strategy can never bet, and which key says so. */
export interface Never {
  readonly path: readonly string[];
  readonly text: string;
}

const UNPRICED_BY_PRICES = new Set(["DRAW_NO_BET", "DOUBLE_CHANCE", "CORRECT_SCORE"]);

/** Contradictions that no data can heal; empty for a strategy that may bet. */
export function neverBets(strategy: Strategy): Never[] {
  return [...neverStakes(strategy), ...neverPrices(strategy), ...neverFills(strategy)];
}

function neverStakes({ staking, limits, bankMinor }: Strategy): Never[] {
  const { minStakeMinor, maxStakeMinor } = staking;
  const never = (text: string): Never => ({ path: ["staking"], text: `staking can never bet: ${text}` });
  const found: Never[] = [];
  if (maxStakeMinor !== null && maxStakeMinor < minStakeMinor)
    found.push(never("maxStake is below minStake"));
  if (minStakeMinor > bankMinor) found.push(never("minStake is above the bank"));
  const smallest = staking.method === "flat" ? staking.stakeMinor : staking.minStakeMinor;
  if (staking.method === "flat" && smallest < minStakeMinor) found.push(never("stake is below minStake"));
  if (limits.perBetMinor !== null && minStakeMinor > limits.perBetMinor)
    found.push(never("minStake is above limits.perBet"));
  return found;
}

function neverPrices({ model, markets, prices, entry, side }: Strategy): Never[] {
  if (model.name !== "fair-price" && model.name !== "random") return [];
  const found: Never[] = [];
  if (markets.every((market) => UNPRICED_BY_PRICES.has(market)))
    found.push({
      path: ["markets"],
      text: `markets can never be bet on: ${model.name} prices none of ${markets.join(", ")}`,
    });
  const own =
    model.name === "random" || prices.sources.every((source) => source === (model.parameters.source ?? "PS"));
  if (own && side === "back" && (entry.edge.min ?? -1) > 0)
    found.push({
      path: ["entry", "edge"],
      text: `entry.edge can never be reached: ${model.name} is the price that is bet on without its margin`,
    });
  return found;
}

function neverFills({ fills, prices }: Strategy): Never[] {
  const { latencyMs, maxMove } = fills;
  if (latencyMs !== null && prices.moment.kind !== "asof")
    return [
      {
        path: ["fills", "latency"],
        text: "fills.latency can never be met: only prices of a moment such as asof:-60m carry their own time",
      },
    ];
  if (latencyMs === null && maxMove > 0)
    return [{ path: ["fills", "maxMove"], text: "fills.maxMove says nothing without fills.latency" }];
  return [];
}
