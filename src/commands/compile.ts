import type { App, Define } from "../app.js";
import { type CompiledFixture, type CompiledLeague, compileLeague } from "../compiler/compile-league.js";
import { DEFAULT_MODEL, FORECASTERS } from "../compiler/forecasters.js";
import type { Instant } from "../core/clock.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { compareText } from "../domain/fixture.js";
import type { Market } from "../domain/market.js";
import { type Column, present, type Row } from "../report/present.js";
import { choiceFlag, countFlag, instantFlag, listFlag, marketsFlag, requireLeagues } from "./shared/flags.js";
import { fixtureRow } from "./shared/rows.js";

interface Options {
  readonly league: string[];
  readonly days?: number;
  readonly fixture?: number;
  readonly model: string;
  readonly asOf?: Instant;
  readonly market: readonly Market[];
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico compile --league E0 --days 7
  statistico compile --league E0,E1 --model dixon-coles --market MATCH_ODDS,OVER_UNDER_25
  statistico compile --league E0 --fixture 812 --as-of 2024-08-16 --json

Prices come with 95% intervals, by all models but market-poisson and market-anchored: docs/evaluate.md says what each covers.

Models:
${Object.entries(FORECASTERS)
  .map(([name, { describe }]) => `  ${name.padEnd(26)} ${describe}`)
  .join("\n")}
`;

const DEFAULT_MARKETS: readonly Market[] = ["MATCH_ODDS", "OVER_UNDER_25", "BOTH_TEAMS_TO_SCORE"];

const COLUMNS: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
  { key: "rates", title: "goals" },
  { key: "market", title: "market" },
  { key: "runners", title: "runners" },
  { key: "probabilities", title: "probabilities" },
  { key: "fairPrices", title: "fair prices" },
];
/** Shown by models that know their own doubt. */
const INTERVALS: Column = { key: "intervals", title: "95%" };
/** More runners than this in one line of a table are not read: they get a line each. */
const RUNNERS_A_LINE = 3;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--league <codes>", "leagues, like E0,E1", listFlag)
    .option(
      "--days <n>",
      "fixtures of so many days from --as-of on (default: the rest of the season)",
      countFlag,
    )
    .option("--fixture <id>", "only this fixture, played or not", countFlag)
    .option("--model <name>", "see above", choiceFlag("--model", Object.keys(FORECASTERS)), DEFAULT_MODEL)
    .option("--as-of <instant>", "from what was known then (default: now)", instantFlag)
    .option("--market <names>", "markets to price", marketsFlag, DEFAULT_MARKETS)
    .option("-n, --dry-run", "print the prices without keeping them")
    .action(withApp(compile));
};

async function compile(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse(options.dryRun ? "read" : "update");
  await requireLeagues(warehouse, options.league);
  const asOf = options.asOf ?? app.clock.now();
  const rows: Row[] = [];
  const refused: Row[] = [];
  const disagreed: Row[] = [];
  const models: Row[] = [];
  let kept = 0;
  for (const league of options.league) {
    const compiled = await compileLeague(warehouse, {
      league,
      model: { name: options.model, parameters: {} },
      asOf,
      markets: options.market,
      days: options.days,
      fixtureIds: options.fixture === undefined ? undefined : [options.fixture],
    });
    models.push({ league, modelVersion: compiled.modelVersion, n: compiled.n });
    rows.push(...compiled.fixtures.flatMap(priceRows));
    refused.push(...compiled.fixtures.flatMap(refusal));
    disagreed.push(...compiled.fixtures.flatMap(disagreement));
    if (!options.dryRun) kept += (await warehouse.writeCompiledOdds(allPrices(compiled))).new;
  }
  rows.sort((a, b) => compareText(String(a.date), String(b.date)));
  const document = {
    model: options.model,
    asOf: formatInstant(asOf),
    models,
    prices: rows,
    refused,
    disagreed,
  };
  const asked = app.options.csv || app.options.jsonl;
  present(app, {
    schema: "statistico/compile@1",
    document,
    columns: rows.some(({ low }) => low !== null) ? [...COLUMNS, INTERVALS] : COLUMNS,
    rows: asked ? rows : marketRows(rows),
  });
  tell(app, { rows, refused, disagreed, kept, options, models });
}

function allPrices(compiled: CompiledLeague) {
  return compiled.fixtures.flatMap((entry) => (entry.kind === "compiled" ? entry.prices : []));
}

function priceRows(entry: CompiledFixture): Row[] {
  if (entry.kind !== "compiled") return [];
  const { fixture, forecast, prices } = entry;
  const rates = `${forecast.homeRate.toFixed(2)}-${forecast.awayRate.toFixed(2)}`;
  return prices.map(({ market, runner, line, probability, low, high, fairPrice, model }) => ({
    ...fixtureRow(fixture),
    homeRate: forecast.homeRate,
    awayRate: forecast.awayRate,
    rates,
    model,
    market,
    runner,
    line: market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS" ? line / 4 : null,
    probability,
    low,
    high,
    fairPrice,
    notes: forecast.notes.join("; "),
  }));
}

/** A line a market of a fixture, for reading; a market of many runners or lines a line each. */
function marketRows(rows: readonly Row[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.fixtureId} ${row.market} ${row.line}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()]
    .flatMap((group) => (group.length <= RUNNERS_A_LINE ? [group] : group.map((row) => [row])))
    .map((group) => ({
      ...group[0],
      runners: group.map(({ runner, line }) => (line === null ? runner : `${runner} ${line}`)).join(" "),
      probabilities: group.map(({ probability }) => `${(100 * Number(probability)).toFixed(1)}%`).join("  "),
      intervals: group.map(intervalText).join("  "),
      fairPrices: group.map(({ fairPrice }) => Number(fairPrice).toFixed(2)).join("  "),
    }));
}

function intervalText({ low, high }: Row): string {
  return low === null ? "" : `${(100 * Number(low)).toFixed(0)}-${(100 * Number(high)).toFixed(0)}%`;
}

function refusal(entry: CompiledFixture): Row[] {
  return entry.kind === "refused" ? [{ ...fixtureRow(entry.fixture), reason: entry.reason }] : [];
}

function disagreement(entry: CompiledFixture): Row[] {
  if (entry.kind !== "disagreed") return [];
  const { where, actual, expected, difference } = entry.verification;
  return [{ ...fixtureRow(entry.fixture), where, actual, expected, difference }];
}

interface Told {
  readonly rows: readonly Row[];
  readonly refused: readonly Row[];
  readonly disagreed: readonly Row[];
  readonly kept: number;
  readonly options: Options;
  readonly models: readonly Row[];
}

function tell(app: App, { rows, refused, disagreed, kept, options, models }: Told): void {
  for (const { home, away, reason } of refused) app.console.warn(`no price for ${home} - ${away}: ${reason}`);
  for (const { home, away, where } of disagreed)
    app.console.warn(`set aside ${home} - ${away}: two paths disagree on ${where}`);
  const fixtures = new Set(rows.map(({ fixtureId }) => fixtureId)).size;
  const learnt = models.map(({ league, n }) => `${league} n ${n}`).join(", ");
  app.console.say(
    `${options.model}: ${fixtures} fixtures, ${rows.length} prices, ${kept} kept; learnt from ${learnt}; no margin`,
  );
  if (disagreed.length > 0)
    throw new StatisticoError(
      "data",
      `${disagreed.length} price sheets failed verification`,
      "statistico compile --dry-run --debug",
    );
  if (rows.length === 0)
    throw new StatisticoError(
      "data",
      refused.length > 0
        ? "no fixture could be priced"
        : `no fixture to come of ${options.league.join(", ")}`,
      "statistico ingest fixtures",
    );
}
