import { toDecimal } from "../../domain/money.js";
import type { Strategy } from "../../strategy/strategy.js";
import { AMOUNT_LIMITS, type TradingLimits } from "../../trader/limits.js";
import type { LedgerMode } from "../../warehouse/ledger/port.js";
import type { TradingFlags } from "./trading-options.js";

interface Plan {
  readonly mode: LedgerMode;
  readonly strategies: readonly { readonly strategy: Strategy; readonly file: string }[];
  readonly limits: TradingLimits;
  readonly options: TradingFlags & { readonly dryRun?: boolean; readonly confirm?: string };
}

const MODES: Readonly<Record<LedgerMode, string>> = {
  paper: "PAPER: no money, nothing is sent to an exchange",
  practice: "PRACTICE: the practice exchange on this machine",
  live: "LIVE: real money",
};

/** Everything that a run will do, said before it does anything. The mode comes first. */
export function planLines({ mode, strategies, limits, options }: Plan): string[] {
  const prices = options.profile === undefined ? "stored prices" : `prices of ${options.profile}`;
  return [
    `${MODES[mode]}${options.dryRun ? "; dry run" : ""}`,
    ...(options.confirm === undefined ? [] : [`account ${options.confirm}`]),
    ...strategies.map(({ strategy, file }) => strategyLine(strategy, file, prices)),
    `limits: ${limitWords(limits)}`,
  ];
}

function strategyLine({ name, leagues, markets, prices }: Strategy, file: string, seen: string): string {
  return `${name} (${file}): ${markets.join(", ")} in ${leagues.join(", ")} at ${prices.sources.join(", ")}, ${seen}`;
}

function limitWords(limits: TradingLimits): string {
  const amounts = AMOUNT_LIMITS.flatMap((name) => {
    const amount = limits[name];
    return amount === null ? [] : [`${name.replace("Minor", "")} ${toDecimal(amount).toFixed(2)}`];
  });
  const { maxBetsPerRun, maxUnknown, maxDrift } = limits;
  return [
    ...(amounts.length === 0 ? ["no amounts"] : amounts),
    `${maxBetsPerRun} bets a run`,
    `drift ${(100 * maxDrift).toFixed(1)}%`,
    `${maxUnknown} unknown`,
  ].join(", ");
}
