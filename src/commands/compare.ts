import type { App, Define } from "../app.js";
import { type ComparedSelection, comparePrices } from "../compiler/compare.js";
import { compileLeague } from "../compiler/compile-league.js";
import { DEFAULT_MODEL, FORECASTERS, usesOwnPrices } from "../compiler/forecasters.js";
import type { Instant } from "../core/clock.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Fixture } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import { type Column, present, type Row } from "../report/present.js";
import {
  choiceFlag,
  countFlag,
  instantFlag,
  listFlag,
  marketsFlag,
  numberFlag,
  requireLeagues,
} from "./shared/flags.js";
import { fixtureRow } from "./shared/rows.js";

interface Options {
  readonly league: string[];
  readonly days?: number;
  readonly fixture?: number;
  readonly model: string;
  readonly asOf?: Instant;
  readonly market: readonly Market[];
  readonly commission?: number;
  readonly minEdge?: number;
}

const EXAMPLES = `Examples:
  statistico compare --league E0
  statistico compare --league E0 --days 3 --min-edge 0.02
  statistico compare --league E0 --model dixon-coles --market OVER_UNDER_25 --json

The edge is probability x (1 + (price - 1)(1 - commission)) - 1; commission is taken from exchanges only.
A maximum or average of many books is shown for orientation and never called the best price: nobody can bet with it.
`;

const COLUMNS: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
  { key: "market", title: "market" },
  { key: "runner", title: "runner" },
  { key: "probability", title: "ours", digits: 3 },
  { key: "fairPrice", title: "fair", digits: 2 },
  { key: "bestPrice", title: "best", digits: 2 },
  { key: "bestSource", title: "at" },
  { key: "edge", title: "edge", digits: 3 },
  { key: "average", title: "average", digits: 2 },
  { key: "exchange", title: "exchange", digits: 2 },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--league <codes>", "leagues, like E0,E1", listFlag)
    .option(
      "--days <n>",
      "fixtures of so many days from --as-of on (default: the rest of the season)",
      countFlag,
    )
    .option("--fixture <id>", "only this fixture", countFlag)
    .option("--model <name>", "whose prices are ours", modelFlag, DEFAULT_MODEL)
    .option("--as-of <instant>", "from what was known then (default: now)", instantFlag)
    .option("--market <names>", "markets", marketsFlag, ["MATCH_ODDS"])
    .option("--commission <share>", "of net winnings at exchanges (default: the setting)", numberFlag)
    .option("--min-edge <share>", "only selections with at least this edge", numberFlag)
    .action(withApp(compare));
};

const MODELS = Object.keys(FORECASTERS).filter((name) => !usesOwnPrices({ name, parameters: {} }));

/** A model that was blended with the prices it would be held against finds no edge but its own. */
function modelFlag(text: string): string {
  if (usesOwnPrices({ name: text, parameters: {} }))
    throw new StatisticoError(
      "usage",
      `${text} is blended with the prices it would be compared with, so an edge of it means nothing`,
      "--model market-informed",
    );
  return choiceFlag("--model", MODELS)(text);
}

async function compare(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse("read");
  await requireLeagues(warehouse, options.league);
  const asOf = options.asOf ?? app.clock.now();
  const sources = await warehouse.sources();
  const rate = options.commission ?? Number(app.config.settings.get("commission")?.value);
  const commission = Object.fromEntries(
    sources.filter(({ kind }) => kind === "exchange").map(({ code }) => [code, rate]),
  );
  const rows: Row[] = [];
  for (const league of options.league) {
    const compiled = await compileLeague(warehouse, {
      league,
      model: { name: options.model, parameters: {} },
      asOf,
      markets: options.market,
      days: options.days,
      fixtureIds: options.fixture === undefined ? undefined : [options.fixture],
    });
    const ids = compiled.fixtures.map(({ fixture }) => fixture.id);
    const prices = ids.length === 0 ? [] : await warehouse.prices({ ids, markets: options.market, asOf });
    for (const entry of compiled.fixtures) {
      if (entry.kind !== "compiled") continue;
      const quoted = prices.filter(({ fixtureId }) => fixtureId === entry.fixture.id);
      rows.push(
        ...comparePrices(entry.prices, quoted, sources, { commission }).map((one) =>
          comparedRow(entry.fixture, one),
        ),
      );
    }
  }
  const shown = rows.filter(
    ({ edge }) => options.minEdge === undefined || (edge !== null && Number(edge) >= options.minEdge),
  );
  if (rows.length === 0)
    throw new StatisticoError(
      "data",
      `nothing to compare in ${options.league.join(", ")}`,
      "statistico ingest fixtures",
    );
  present(app, {
    schema: "statistico/compare@1",
    document: { model: options.model, asOf: formatInstant(asOf), commission: rate, selections: shown },
    columns: COLUMNS,
    rows: shown,
  });
  const above = rows.filter(({ edge }) => edge !== null && Number(edge) > 0).length;
  app.console.say(
    `${shown.length} selections, ${above} with an edge above 0 by ${options.model}; an edge against one model is a question, not an answer`,
  );
}

function comparedRow(
  fixture: Fixture,
  { best, quotes, market, runner, line, probability, fairPrice }: ComparedSelection,
): Row {
  const priceOf = (wanted: (quote: ComparedSelection["quotes"][number]) => boolean): number | null =>
    quotes.find(wanted)?.price ?? null;
  return {
    ...fixtureRow(fixture),
    market,
    runner,
    line: market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS" ? line / 4 : null,
    probability,
    fairPrice,
    bestPrice: best?.price ?? null,
    bestSource: best?.source ?? "",
    edge: best?.edgeAfterCommission ?? null,
    edgeBeforeCommission: best?.edge ?? null,
    average: priceOf(({ source }) => source === "Avg" || source === "BbAv"),
    maximum: priceOf(({ source }) => source === "Max" || source === "BbMx"),
    exchange: priceOf(({ kind }) => kind === "exchange"),
    quotes: quotes.map(({ source, kind, price, edgeAfterCommission, bettable, book }) => ({
      source,
      kind,
      price,
      edge: edgeAfterCommission,
      bettable,
      book,
    })),
  };
}
