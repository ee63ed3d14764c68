import { FORECASTERS } from "../../compiler/forecasters.js";
import { parseStrategy } from "../../strategy/parse.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { Hash } from "../data-hash.js";
import { LEAKS, leakingModel } from "./leaks.js";
import { type ProbeReport, probeLookAhead } from "./probe.js";
import { toyLeague } from "./toy-league.js";

/** Whether the probe finds what it should and accuses nobody else. */
export interface SelfTest {
  readonly leaking: readonly SelfTestRow[];
  readonly clean: readonly SelfTestRow[];
  readonly caught: number;
  readonly accused: number;
}

export interface SelfTestRow {
  readonly name: string;
  readonly decisions: number;
  /** Cuts at which a decision changed. */
  readonly leaks: number;
}

const FILTER = "filters: [{ team: home, stat: shots, games: 2, minGames: 1, atLeast: 1 }]";

/** Models that learn in different ways, and a filter on form, all in order. */
const CLEAN = [
  ["poisson", "model: { name: poisson }"],
  ["dixon-coles", "model: { name: dixon-coles, halfLifeDays: 200 }"],
  ["market-informed", "model: { name: market-informed }"],
  ["ratings", "model: { name: ratings }"],
  ["filters on form", `model: { name: poisson }\n${FILTER}`],
] as const;

/** Probe five planted leaks and five clean strategies on a made-up league. */
export async function probeSelfTest(hash: Hash, seed: number, decisions: number): Promise<SelfTest> {
  const source = toyLeague(seed);
  const options = { decisions, seed };
  const leaking: SelfTestRow[] = [];
  for (const leak of LEAKS) {
    const models = async (view: typeof source) => ({ poisson: await leakingModel(leak, view) });
    const subject = { source, strategy: toyStrategy("model: { name: poisson }"), models, hash };
    leaking.push(rowOf(leak, await probeLookAhead(subject, options)));
  }
  const clean: SelfTestRow[] = [];
  for (const [name, model] of CLEAN) {
    const subject = { source, strategy: toyStrategy(model), models: async () => FORECASTERS, hash };
    clean.push(rowOf(name, await probeLookAhead(subject, options)));
  }
  return {
    leaking,
    clean,
    caught: leaking.filter(({ leaks }) => leaks > 0).length,
    accused: clean.filter(({ leaks }) => leaks > 0).length,
  };
}

function rowOf(name: string, { decisions, leaks }: ProbeReport): SelfTestRow {
  return { name, decisions, leaks: leaks.length };
}

function toyStrategy(model: string): Strategy {
  const lines = [
    "name: toy",
    "leagues: [TOY]",
    "seasons: { from: 2016, to: 2017 }",
    "markets: [MATCH_ODDS]",
    "side: back",
    "prices: { sources: [PS], moment: early, maxOverround: 0.2 }",
    "entry: { edge: { min: 0 } }",
    "staking: { method: flat, stake: 1 }",
    "bank: 1000",
    "commission: 0",
    model,
  ];
  return parseStrategy(lines.join("\n"), "toy.yaml");
}
