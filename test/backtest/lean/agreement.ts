import fc from "fast-check";
import { expect } from "vitest";
import { prepareInTurn } from "../../../src/backtest/backtest.js";
import { leanScene, leanVerdicts } from "../../../src/backtest/lean/build.js";
import { leanDesk } from "../../../src/backtest/lean/play.js";
import { isLean, leanRules } from "../../../src/backtest/lean/rules.js";
import { leanTally } from "../../../src/backtest/lean/tally.js";
import { modelsOf } from "../../../src/backtest/model.js";
import { closingBooksIn, play } from "../../../src/backtest/play.js";
import { preparationKey } from "../../../src/backtest/prepared.js";
import { type Scene, sceneOf } from "../../../src/backtest/sights.js";
import { tallyOf } from "../../../src/backtest/sweep/tally.js";
import { dayAxisOf } from "../../../src/backtest/sweep/trial.js";
import { isStatisticoError } from "../../../src/core/errors.js";
import type { Strategy } from "../../../src/strategy/strategy.js";
import { strategyOf } from "../../strategy/views.js";
import { sha256 } from "../models.js";
import { memory } from "../source.js";
import { fieldRows, NAMED } from "./field.js";

const SOURCE = memory(fieldRows(5, 18));

const scenes = new Map<string, Promise<Scene>>();

/** One scene for all filters: they look back on it by themselves. */
function sceneFor(given: Strategy): Promise<Scene> {
  const strategy = { ...given, filters: strategyOf(`filters: [${ALL_FILTERS.join(", ")}]`).filters };
  const key = preparationKey(strategy);
  const scene =
    scenes.get(key) ??
    prepareInTurn(SOURCE, sha256)(strategy, modelsOf(strategy, NAMED)).then((leagues) =>
      sceneOf(leagues, strategy),
    );
  scenes.set(key, scene);
  return scene;
}

const maybe = (line: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.option(line, { nil: null }).map((given) => (given === null ? [] : [given]));

const cents = (least: number, most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 100 * least, max: 100 * most }).map((value) => value / 100);

const STAKING = fc.oneof(
  cents(0.01, 60).map((stake) => `method: flat, stake: ${stake}`),
  cents(0.1, 60).map((percent) => `method: percentage, percent: ${percent}`),
  cents(0.05, 1).map((fraction) => `method: kelly, fraction: ${fraction}`),
  cents(0.02, 60).map((liability) => `method: liability, liability: ${liability}`),
  cents(0.01, 60).map((profit) => `method: target-profit, profit: ${profit}`),
);

const LIMITS = fc
  .tuple(
    maybe(cents(1, 50).map((most) => `perBet: ${most}`)),
    maybe(cents(1, 60).map((most) => `perFixture: ${most}`)),
    maybe(cents(1, 90).map((most) => `perDay: ${most}`)),
    maybe(cents(1, 60).map((most) => `perDayLoss: ${most}`)),
  )
  .map((parts) => `limits: { ${parts.flat().join(", ")} }`);

const ALL_FILTERS = [
  "{ team: home, stat: goals, games: 3, minGames: 1, atLeast: 1 }",
  "{ team: away, result: lose-or-draw, games: 2, minGames: 1, within: overall }",
  "{ team: home, noneOf: [Ash, Elm] }",
  "{ rating: total, atMost: 3 }",
];

const FILTERS = fc.subarray(ALL_FILTERS, { maxLength: 2 }).map((chosen) => `filters: [${chosen.join(", ")}]`);

const FILLS = fc
  .tuple(
    fc.constantFrom(0, 0.02),
    fc.constantFrom(0, 1),
    fc.constantFrom(1, 0.5),
    fc.constantFrom("", ", latency: 20m, maxMove: 0.05"),
  )
  .map(
    ([slippage, ticks, share, late]) =>
      `fills: { slippage: ${slippage}, ticks: ${ticks}, sizeShare: ${share}${late} }`,
  );

const PRICES = fc
  .tuple(
    fc.constantFrom("[B365, PS]", "[BFE, B365, PS]"),
    fc.constantFrom("early", "asof:-45m"),
    fc.constantFrom("", ", assumedSpread: 2"),
  )
  .map(
    ([sources, moment, spread]) =>
      `prices: { sources: ${sources}, moment: "${moment}", closing: [PS, B365]${spread} }`,
  );

/** Strategies of every kind that columns can express. */
const STRATEGIES: fc.Arbitrary<Strategy> = fc
  .tuple(
    fc
      .constantFrom("[MATCH_ODDS]", "[MATCH_ODDS, OVER_UNDER_25, ASIAN_HANDICAP]")
      .map((m) => `markets: ${m}`),
    fc.constantFrom("back", "lay", "both").map((side) => `side: ${side}`),
    maybe(fc.constantFrom("runners: [HOME, OVER]", "runners: [DRAW, AWAY, UNDER]")),
    PRICES,
    fc
      .tuple(cents(-0.5, 0.1), cents(0.2, 2), cents(1, 1.5), cents(3, 20))
      .map(
        ([min, width, low, high]) =>
          `entry: { edge: { min: ${min}, max: ${min + width} }, price: { min: ${low}, max: ${high} } }`,
      ),
    maybe(fc.constant("confirm: { model: { name: dixon-coles }, edge: { min: -0.3 } }")),
    FILTERS,
    fc
      .tuple(
        STAKING,
        maybe(cents(0.01, 5).map((min) => `, minStake: ${min}`)),
        maybe(cents(5, 50).map((max) => `, maxStake: ${max}`)),
      )
      .map(([method, min, max]) => `staking: { ${method}${min}${max} }`),
    cents(20, 400).map((bank) => `bank: ${bank}`),
    fc.constantFrom("commission: 0", "commission: 0.05", "commission: { BFE: 0.05, PS: 0.013 }"),
    FILLS,
    LIMITS,
  )
  .map((lines) => strategyOrNone("seasons: { from: 2015, to: 2015 }", ...lines.flat()))
  .filter((strategy) => strategy !== null);

/** Some draws can never bet, such as a stake below the least one: those are refused when they are read. */
function strategyOrNone(...lines: readonly string[]): Strategy | null {
  try {
    return strategyOf(...lines);
  } catch (error) {
    if (isStatisticoError(error)) return null;
    throw error;
  }
}

function leanly(scene: Scene, strategy: Strategy) {
  const axis = new Map(dayAxisOf(scene).days.map((day, index) => [day, index]));
  const closingOf = closingBooksIn(scene.prices, strategy.prices);
  const { table, sights } = leanScene(scene, strategy, axis, closingOf);
  const rules = leanRules(strategy, table, (filter) => leanVerdicts(sights, filter));
  const desk = leanDesk(table);
  // A desk that has played another strategy must not remember it.
  desk.play({ ...rules, edge: { low: -1, high: 9 } });
  const played = desk.play(rules);
  const bets = Array.from(played.rows.subarray(0, played.bets), (row) => {
    const sight = table.sights.rows.findIndex((end) => end > row) - 1;
    return {
      fixtureId: sights[sight].fixture.id,
      runner: table.runners[table.rows.runner[row]],
      side: table.rows.lay[row] === 1 ? "LAY" : "BACK",
      quotedPrice: table.rows.quoted[row],
      price: table.rows.had[row],
      edge: table.rows.edge[row],
      stakeMinor: played.stakeMinor[row],
    };
  });
  return { bets, tally: leanTally(table, played) };
}

/** The independent answer: the full play, which decides every fixture through views and texts. */
function fully(scene: Scene, strategy: Strategy) {
  const axis = new Map(dayAxisOf(scene).days.map((day, index) => [day, index]));
  const { bets } = play(strategy, scene.slots, {
    closingOf: closingBooksIn(scene.prices, strategy.prices),
    pricesOf: (id) => scene.prices.get(id) ?? [],
  });
  return { bets, tally: tallyOf(bets, axis) };
}

export interface Agreement {
  /** Strategies that bet at all, their bets, and those that a correction moved: else the property says nothing. */
  readonly betting: number;
  readonly bets: number;
  readonly corrected: number;
}

/** Throws where the lean play of one of so many random strategies differs from its full play in a bet or a penny. */
export async function expectAgreement(numRuns: number): Promise<Agreement> {
  let [betting, bets, corrected] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(STRATEGIES, async (strategy) => {
      expect(isLean(strategy)).toBe(true);
      const scene = await sceneFor(strategy);
      const full = fully(scene, strategy);
      const lean = leanly(scene, strategy);
      const bare = full.bets.map(({ fixtureId, runner, side, quotedPrice, price, edge, stakeMinor }) => ({
        fixtureId,
        runner,
        side,
        quotedPrice,
        price,
        edge,
        stakeMinor,
      }));
      expect(lean.bets).toEqual(bare);
      expect(lean.tally).toEqual(full.tally);
      bets += bare.length;
      betting += Number(bare.length > 0);
      corrected += full.bets.filter(({ corrections }) => corrections.length > 0).length;
    }),
    { numRuns, seed: 42 },
  );
  return { betting, bets, corrected };
}
