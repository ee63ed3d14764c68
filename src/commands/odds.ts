import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { parseCount } from "../core/number.js";
import { compareText, type Fixture } from "../domain/fixture.js";
import { type Market, RUNNERS } from "../domain/market.js";
import type { PriceSnapshot, PriceSource } from "../domain/price.js";
import { type Column, present } from "../report/present.js";
import type { Warehouse } from "../warehouse/port.js";
import { countFlag, listFlag, marketsFlag } from "./shared/flags.js";
import { fixtureRow } from "./shared/rows.js";

interface Options {
  readonly fixture?: number;
  readonly market: readonly Market[];
  readonly source?: string[];
  readonly line: Line;
}

/** Which price of a line: chosen first, any range of prices after. */
type Line =
  | { readonly kind: "open" | "early" | "close" | "max" }
  | { readonly kind: "asof"; readonly minutes: number };

const EXAMPLES = `Examples:
  statistico odds history --fixture 812 --market MATCH_ODDS
  statistico odds latest --fixture 812
  statistico odds line --fixture 812 --line close
  statistico odds line --fixture 812 --line asof:-60m      as it stood an hour before kick-off
`;

const COLUMNS: readonly Column[] = [
  { key: "source", title: "source" },
  { key: "kind", title: "kind" },
  { key: "market", title: "market" },
  { key: "lineText", title: "line", align: "right" },
  { key: "runner", title: "runner" },
  { key: "side", title: "side" },
  { key: "moment", title: "moment" },
  { key: "price", title: "price", align: "right" },
  { key: "size", title: "size", align: "right" },
  { key: "observedAt", title: "observed (UTC)" },
];

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  const verb = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .requiredOption(
        "--fixture <id>",
        "the fixture, by the id that `fixtures` and `results` show",
        countFlag,
      )
      .option("--market <names>", "markets (default: MATCH_ODDS)", marketsFlag, ["MATCH_ODDS"])
      .option("--source <codes>", "only these sources, like PS,B365", listFlag);
  verb("history", "every price that was ever stored, in order of time").action(withApp(history));
  verb("latest", "the latest price of each source").action(withApp(latest));
  verb("line", "one price of each source's line")
    .option("--line <which>", "open, early, close, asof:-60m or max (hindsight)", lineFlag, { kind: "close" })
    .action(withApp(line));
};

async function history(app: App, options: Options): Promise<void> {
  const { fixture, prices } = await read(app, options, true);
  const sorted = [...prices].sort((a, b) => a.observedAt - b.observedAt);
  await show(app, "odds-history", fixture, sorted, {});
}

async function latest(app: App, options: Options): Promise<void> {
  const { fixture, prices } = await read(app, options, false);
  await show(app, "odds-latest", fixture, lastOfEach(prices), {});
}

async function line(app: App, options: Options): Promise<void> {
  const { fixture, prices } = await read(app, options, false);
  const chosen = choose(prices, options.line, fixture);
  await show(app, "odds-line", fixture, chosen, {
    line: lineName(options.line),
    hindsight: options.line.kind === "max",
  });
  if (options.line.kind === "max") app.console.say("max is hindsight: nobody could know it before the match");
}

async function read(app: App, { fixture: id, market, source }: Options, everyVersion: boolean) {
  const warehouse = await app.warehouse("read");
  const fixture = await findFixture(warehouse, id ?? 0);
  const prices = await warehouse.prices({
    ids: [fixture.id],
    markets: market,
    sources: source,
    everyVersion,
  });
  if (prices.length === 0)
    throw new StatisticoError(
      "data",
      `no ${market.join(", ")} price of fixture ${fixture.id}`,
      "statistico odds latest --help",
    );
  return { fixture, prices };
}

async function findFixture(warehouse: Warehouse, id: number): Promise<Fixture> {
  const [fixture] = await warehouse.fixtures({ ids: [id] });
  if (!fixture) throw new StatisticoError("data", `no fixture ${id}`, "statistico fixtures --all");
  return fixture;
}

async function show(
  app: App,
  name: string,
  fixture: Fixture,
  prices: readonly PriceSnapshot[],
  extra: object,
): Promise<void> {
  const kinds = new Map(
    (await (await app.warehouse("read")).sources()).map((source) => [source.code, source.kind]),
  );
  const rows = prices.map((price) => priceRow(price, kinds));
  present(app, {
    schema: `statistico/${name}@1`,
    document: { fixture: fixtureRow(fixture), ...extra, prices: rows },
    columns: COLUMNS,
    rows,
  });
  const sources = new Set(prices.map(({ source }) => source)).size;
  app.console.say(
    `${fixture.home.name} - ${fixture.away.name}: ${prices.length} prices of ${sources} sources`,
  );
}

function priceRow(price: PriceSnapshot, kinds: ReadonlyMap<string, PriceSource["kind"]>) {
  const lined = price.market === "ASIAN_HANDICAP" || price.market === "ALT_TOTAL_GOALS";
  return {
    source: price.source,
    kind: kinds.get(price.source) ?? "bookmaker",
    market: price.market,
    line: lined ? price.line / 4 : null,
    lineText: lined ? String(price.line / 4) : "",
    runner: price.runner,
    side: price.side,
    moment: price.moment,
    price: price.price,
    size: price.size,
    observedAt: formatInstant(price.observedAt),
  };
}

/** One price a runner, source and side, by the line asked for. */
function choose(prices: readonly PriceSnapshot[], line: Line, fixture: Fixture): PriceSnapshot[] {
  switch (line.kind) {
    case "early":
    case "close":
      return lastOfEach(prices.filter(({ moment }) => moment === line.kind));
    case "open":
      return lastOfEach([...prices].sort((a, b) => b.observedAt - a.observedAt));
    case "asof": {
      const instant = fixture.kickOff + line.minutes * 60_000;
      return lastOfEach(prices.filter(({ observedAt }) => observedAt <= instant));
    }
    case "max":
      return lastOfEach([...prices].sort((a, b) => a.price - b.price));
  }
}

function lastOfEach(prices: readonly PriceSnapshot[]): PriceSnapshot[] {
  const byKey = new Map<string, PriceSnapshot>();
  for (const price of prices)
    byKey.set(`${price.source} ${price.market} ${price.line} ${price.side} ${price.runner}`, price);
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.market, b.market) ||
      a.line - b.line ||
      compareText(a.source, b.source) ||
      runnerRank(a) - runnerRank(b) ||
      compareText(a.side, b.side),
  );
}

function runnerRank({ market, runner }: PriceSnapshot): number {
  return (RUNNERS[market] ?? []).indexOf(runner);
}

function lineFlag(text: string): Line {
  if (text === "open" || text === "early" || text === "close" || text === "max") return { kind: text };
  const match = /^asof:-(\d{1,6})(m|h)$/.exec(text);
  const count = match ? parseCount(match[1]) : null;
  if (!match || count === null)
    throw new StatisticoError(
      "usage",
      `a line is open, early, close, max or like asof:-60m, was "${text}"`,
      "--line close",
    );
  return { kind: "asof", minutes: -count * (match[2] === "h" ? 60 : 1) };
}

function lineName(line: Line): string {
  return line.kind === "asof" ? `asof:${line.minutes}m` : line.kind;
}
