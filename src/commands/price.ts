import type { App, Define } from "../app.js";
import { faultOfGrid } from "../compiler/grid-sums.js";
import { inPlayGrid } from "../compiler/in-play.js";
import { matchOdds } from "../compiler/match-odds.js";
import { type MarketSheet, priceEverything, priceGrid } from "../compiler/sheet.js";
import { StatisticoError } from "../core/errors.js";
import type { GoalRates } from "../domain/goals.js";
import type { Market } from "../domain/market.js";
import { rhoBounds, scoreGrid } from "../models/dixon-coles-grid.js";
import { expectedGoals, type ScoreGrid } from "../models/grid.js";
import { SCORE_LIKELIHOODS } from "../models/score-forecaster.js";
import type { ScoreLikelihood } from "../models/score-likelihood.js";
import { renderHeatmap } from "../report/heatmap.js";
import { present } from "../report/present.js";
import { choiceFlag, countFlag, marketsFlag, numberFlag } from "./shared/flags.js";
import { priceRows } from "./shared/price-rows.js";
import { refuseShapes, type ShapeOptions, shapeFlags, shapeOf } from "./shared/shape-flags.js";

interface Options extends ShapeOptions {
  readonly homeRate: number;
  readonly awayRate: number;
  readonly rho: number;
  readonly minute?: number;
  readonly score?: { readonly home: number; readonly away: number };
  readonly redsHome: number;
  readonly redsAway: number;
  readonly market?: readonly Market[];
}

const DIXON_COLES = "dixon-coles";

const EXAMPLES = `Examples:
  statistico price --home-rate 1.84 --away-rate 1.09 --rho -0.05
  statistico price --home-rate 1.84 --away-rate 1.09 --market ASIAN_HANDICAP
  statistico price --home-rate 1.84 --away-rate 1.09 --minute 60 --score 1-0
  statistico price --home-rate 1.84 --away-rate 1.09 --model negative-binomial --dispersion 0.1

Rates are expected goals for dixon-coles and negative-binomial. For the other models they are the parameters of their
distribution (docs/models.md); the line below the table says what goals they expect.
`;
const SHOWN: readonly Market[] = [
  "MATCH_ODDS",
  "OVER_UNDER_15",
  "OVER_UNDER_25",
  "OVER_UNDER_35",
  "BOTH_TEAMS_TO_SCORE",
  "DRAW_NO_BET",
  "DOUBLE_CHANCE",
  "ASIAN_HANDICAP",
];
const SHOWN_GOALS = 6;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--home-rate <goals>", "expected home goals", numberFlag)
    .requiredOption("--away-rate <goals>", "expected away goals", numberFlag)
    .option("--rho <value>", "Dixon-Coles dependence of low scores", numberFlag, 0)
    .option(
      "--model <name>",
      `${DIXON_COLES}, ${SCORE_LIKELIHOODS.map(({ name }) => name).join(", ")}`,
      choiceFlag("--model", [DIXON_COLES, ...SCORE_LIKELIHOODS.map(({ name }) => name)]),
      DIXON_COLES,
    );
  for (const { flag, shape, models } of shapeFlags())
    command.option(
      `--${flag} <value>`,
      `${models.join(", ")}: from ${shape.low} to ${shape.high}`,
      numberFlag,
    );
  command
    .option("--minute <n>", "in play: minutes played, 0 to 90", countFlag)
    .option("--score <h-a>", "in play: the score now", scoreFlag)
    .option("--reds-home <n>", "in play: home players sent off", countFlag, 0)
    .option("--reds-away <n>", "in play: away players sent off", countFlag, 0)
    .option("--market <names>", "only these markets in the table", marketsFlag)
    .action(
      withApp(async (app, options: Options) => {
        const likelihood = SCORE_LIKELIHOODS.find(({ name }) => name === options.model);
        if (likelihood) priceOther(app, options, likelihood);
        else price(app, options);
      }),
    );
};

function price(app: App, options: Options): void {
  refuseShapes(options, []);
  const rates = checkedRates(options);
  const inPlay = options.minute !== undefined || options.score !== undefined;
  const grid = inPlay ? gridInPlay(rates, options) : scoreGrid(rates);
  const sheet = inPlay
    ? {
        ...rates,
        tailMass: grid.tailMass,
        minute: options.minute ?? 0,
        score: options.score ?? NIL_NIL,
        markets: priceGrid(grid, { now: options.score ?? NIL_NIL }),
      }
    : priceEverything(rates);
  show(app, options, sheet, grid);
}

/** A distribution of its own: its shapes come from flags of their names. */
function priceOther(app: App, options: Options, likelihood: ScoreLikelihood): void {
  const { homeRate, awayRate } = checkedRates({ ...options, rho: 0 });
  if (options.rho !== 0 || options.minute !== undefined || options.score !== undefined)
    throw new StatisticoError(
      "usage",
      `--rho, --minute and --score belong to ${DIXON_COLES}, were given to ${likelihood.name}`,
      `--model ${DIXON_COLES}`,
    );
  refuseShapes(
    options,
    likelihood.shapes.map(({ name }) => name),
  );
  const shapes = likelihood.shapes.map((shape) => shapeOf(options, shape));
  const logs = { homeLog: Math.log(homeRate), awayLog: Math.log(awayRate), lift: 0 };
  const grid = likelihood.grids(shapes)(logs);
  if (!grid || faultOfGrid(grid) !== null)
    throw new StatisticoError(
      "usage",
      `${likelihood.name} cannot be computed for these rates and shapes`,
      `statistico price --home-rate 1.4 --away-rate 1.1 --model ${likelihood.name}`,
    );
  const named = Object.fromEntries(likelihood.shapes.map(({ name }, k) => [name, shapes[k]]));
  const sheet = {
    model: likelihood.name,
    homeRate,
    awayRate,
    shapes: named,
    expectedGoals: expectedGoals(grid),
    tailMass: grid.tailMass,
    markets: priceGrid(grid),
  };
  show(app, options, sheet, grid);
}

function show(app: App, options: Options, sheet: { readonly markets: MarketSheet }, grid: ScoreGrid): void {
  const rows = priceRows(sheet.markets, options.market ?? SHOWN);
  present(app, {
    schema: "statistico/price@1",
    document: sheet,
    columns: [
      { key: "market", title: "market" },
      { key: "runner", title: "runner" },
      { key: "probability", title: "probability", digits: 4 },
      { key: "fairPrice", title: "fair price", digits: 3 },
      { key: "split", title: "win / half / push / half / loss" },
    ],
    rows,
  });
  if (!app.options.json && !app.options.csv && !app.options.jsonl && !options.market) showGrid(app, grid);
  const { HOME, DRAW, AWAY } = matchOdds(grid);
  const { homeRate, awayRate } = expectedGoals(grid);
  app.console.say(
    `home ${percent(HOME)}, draw ${percent(DRAW)}, away ${percent(AWAY)}; goals ${homeRate.toFixed(2)} and ${awayRate.toFixed(2)}; no margin; scores beyond ${grid.maxGoals} goals hold ${grid.tailMass.toExponential(1)}`,
  );
}

const NIL_NIL = { home: 0, away: 0 };

function checkedRates({ homeRate, awayRate, rho }: GoalRates): GoalRates {
  for (const [name, rate] of [
    ["--home-rate", homeRate],
    ["--away-rate", awayRate],
  ] as const)
    if (!(rate > 0 && rate <= 30))
      throw new StatisticoError(
        "usage",
        `${name} must lie between 0 and 30 goals, was ${rate}`,
        `${name} 1.4`,
      );
  const { low, high } = rhoBounds(homeRate, awayRate);
  if (rho < low || rho > high)
    throw new StatisticoError(
      "usage",
      `rho must lie between ${low.toFixed(4)} and ${high.toFixed(4)} for these rates or a score is negative, was ${rho}`,
      "--rho -0.05",
    );
  return { homeRate, awayRate, rho };
}

function gridInPlay(
  rates: GoalRates,
  { minute = 0, score = NIL_NIL, redsHome, redsAway }: Options,
): ScoreGrid {
  if (minute > 90)
    throw new StatisticoError("usage", `--minute must lie between 0 and 90, was ${minute}`, "--minute 90");
  return inPlayGrid(rates, { minute, score, redCardsHome: redsHome, redCardsAway: redsAway });
}

function showGrid(app: App, { cells, maxGoals }: ScoreGrid): void {
  const size = Math.min(SHOWN_GOALS, maxGoals) + 1;
  const rows = Array.from({ length: size }, (_, home) =>
    Array.from({ length: size }, (_, away) => cells[home * (maxGoals + 1) + away]),
  );
  app.console.write(`\nscores, home down, away across\n${renderHeatmap(rows, { color: app.console.color })}`);
}

function scoreFlag(text: string): { home: number; away: number } {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!match) throw new StatisticoError("usage", `a score must be like 1-0, was "${text}"`, "--score 1-0");
  return { home: Number(match[1]), away: Number(match[2]) };
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(1)}%`;
}
