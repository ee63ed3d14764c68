import type { App, Define } from "../app.js";
import { type FiveWay, formatLine } from "../compiler/five-way.js";
import { inPlayGrid } from "../compiler/in-play.js";
import { matchOdds } from "../compiler/match-odds.js";
import { type MarketSheet, priceEverything, priceGrid } from "../compiler/sheet.js";
import { StatisticoError } from "../core/errors.js";
import type { GoalRates } from "../domain/goals.js";
import { MARKETS, type Market } from "../domain/market.js";
import { rhoBounds, scoreGrid } from "../models/dixon-coles-grid.js";
import type { ScoreGrid } from "../models/grid.js";
import { renderHeatmap } from "../report/heatmap.js";
import { present, type Row } from "../report/present.js";
import { countFlag, marketsFlag, numberFlag } from "./shared/flags.js";

interface Options {
  readonly homeRate: number;
  readonly awayRate: number;
  readonly rho: number;
  readonly minute?: number;
  readonly score?: { readonly home: number; readonly away: number };
  readonly redsHome: number;
  readonly redsAway: number;
  readonly market?: readonly Market[];
}

const EXAMPLES = `Examples:
  statistico price --home-rate 1.84 --away-rate 1.09 --rho -0.05
  statistico price --home-rate 1.84 --away-rate 1.09 --market ASIAN_HANDICAP
  statistico price --home-rate 1.84 --away-rate 1.09 --minute 60 --score 1-0
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
    .option("--minute <n>", "in play: minutes played, 0 to 90", countFlag)
    .option("--score <h-a>", "in play: the score now", scoreFlag)
    .option("--reds-home <n>", "in play: home players sent off", countFlag, 0)
    .option("--reds-away <n>", "in play: away players sent off", countFlag, 0)
    .option("--market <names>", "only these markets in the table", marketsFlag)
    .action(withApp(async (app, options: Options) => price(app, options)));
};

function price(app: App, options: Options): void {
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
  app.console.say(
    `home ${percent(HOME)}, draw ${percent(DRAW)}, away ${percent(AWAY)}; no margin; scores beyond ${grid.maxGoals} goals hold ${grid.tailMass.toExponential(1)}`,
  );
}

const NIL_NIL = { home: 0, away: 0 };

function checkedRates({ homeRate, awayRate, rho }: Options): GoalRates {
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

interface PriceRow extends Row {
  readonly market: Market;
  readonly runner: string;
  readonly probability: number;
  readonly fairPrice: number | null;
  /** Full win, half win, push, half loss, full loss; "" for a market without a line. */
  readonly split: string;
}

function priceRows(sheet: MarketSheet, wanted: readonly Market[]): PriceRow[] {
  return MARKETS.filter((market) => wanted.includes(market)).flatMap((market) =>
    market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS"
      ? lineRows(sheet, market)
      : plainRows(sheet, market),
  );
}

function plainRows(
  sheet: MarketSheet,
  market: Exclude<Market, "ASIAN_HANDICAP" | "ALT_TOTAL_GOALS">,
): PriceRow[] {
  return Object.entries(sheet[market] ?? {}).map(([runner, probability]) => ({
    market,
    runner,
    probability,
    fairPrice: probability > 0 ? 1 / probability : null,
    split: "",
  }));
}

/** Lines that could win either way: the far ones say nothing a person reads. */
function lineRows(sheet: MarketSheet, market: "ASIAN_HANDICAP" | "ALT_TOTAL_GOALS"): PriceRow[] {
  return Object.entries<Readonly<Record<string, FiveWay>>>(sheet[market])
    .flatMap(([line, sides]) =>
      Object.entries(sides).map(([side, split]) => ({
        market,
        runner: `${side.toUpperCase()} ${market === "ASIAN_HANDICAP" && side === "away" ? formatLine(-4 * Number(line)) : line}`,
        probability: split.fairPrice > 1 ? 1 / split.fairPrice : 1,
        fairPrice: split.fairPrice,
        split: [split.fullWin, split.halfWin, split.push, split.halfLoss, split.fullLoss]
          .map((p) => p.toFixed(3))
          .join(" "),
      })),
    )
    .filter(({ fairPrice }) => fairPrice !== null && fairPrice > 1.25 && fairPrice < 5);
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
