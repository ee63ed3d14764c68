import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { linkMarkets } from "../ingest/betfair/link-markets.js";
import { present } from "../report/present.js";
import type { ExchangeMarket } from "../warehouse/port.js";
import { closingWords, marketById } from "./market/find.js";
import { type ReplayOptions, replayMarket } from "./market/replay.js";
import { countFlag } from "./shared/flags.js";

const EXAMPLES = `Examples:
  statistico market list --sport 1                   recorded football markets
  statistico market list --fixture 812
  statistico market link                             once more fixtures or aliases are known
  statistico market show 1.159963367                 its definition, result and closing prices
  statistico market replay 1.159963367               prices, volume and suspensions around the start
  statistico market replay 1.200806927 --from -120m --to 30m --html market.html
`;

interface ListOptions {
  readonly sport?: string;
  readonly type?: string;
  readonly fixture?: number;
  readonly limit?: number;
}

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("list")
    .description("recorded exchange markets")
    .option("--sport <id>", "only of a sport, by the exchange's number: 1 football, 2 tennis, 7 horses")
    .option("--type <name>", "only of a type, like MATCH_ODDS")
    .option("--fixture <id>", "only those linked to a fixture", countFlag)
    .option("--limit <n>", "at most so many", countFlag)
    .action(withApp(list));
  command
    .command("show")
    .description("one market: what it was, how it ended, how it closed")
    .argument("<id>", "the exchange's market id")
    .action(withApp(show));
  command
    .command("replay")
    .description("prices, volume, our price and suspensions over time")
    .argument("<id>", "the exchange's market id")
    .option("--from <span>", "from so long before (-60m) or after the planned start", "-60m")
    .option("--to <span>", "until so long after the planned start", "10m")
    .option("--all", "the whole recording")
    .option("--points <n>", "moments to look at", countFlag, 240)
    .option("--html <file>", "a self-contained page")
    .action(withApp(async (app, id: string, options: ReplayOptions) => replayMarket(app, id, options)));
  command
    .command("link")
    .description("look again for the fixtures of football markets that have none")
    .action(withApp(link));
};

async function link(app: App): Promise<void> {
  const warehouse = await app.warehouse("update");
  const context = { warehouse, archive: app.archive(), logs: app.marketsPath };
  const { linked, waiting } = await linkMarkets(context, app.clock.now());
  present(app, { schema: "statistico/market-link@1", document: { linked, waiting }, columns: [], rows: [] });
  app.console.say(`${linked} football markets found their fixture, ${waiting} wait for one`);
}

async function list(app: App, { sport, type, fixture, limit }: ListOptions): Promise<void> {
  const markets = await (await app.warehouse("read")).exchangeMarkets({
    eventTypeId: sport,
    marketType: type,
    fixtureIds: fixture === undefined ? undefined : [fixture],
    limit,
  });
  const rows = markets.map(rowOf);
  present(app, {
    schema: "statistico/markets@1",
    document: { markets: rows },
    columns: [
      { key: "marketId", title: "market" },
      { key: "event", title: "event" },
      { key: "type", title: "type" },
      { key: "kickOff", title: "start" },
      { key: "status", title: "status" },
      { key: "closing", title: "closing price" },
      { key: "updates", title: "updates", align: "right" },
      { key: "recordings", title: "recordings", align: "right" },
      { key: "fixtureId", title: "fixture", align: "right" },
    ],
    rows,
  });
  app.console.say(`${rows.length} markets`);
}

function rowOf(market: ExchangeMarket) {
  const { marketId, venue, eventTypeId, eventId, eventName, name, marketType, kickOff, status } = market;
  return {
    marketId,
    venue,
    sport: eventTypeId,
    eventId,
    event: eventName,
    name,
    type: marketType,
    kickOff: kickOff === null ? null : formatInstant(kickOff),
    status,
    closing: market.closing,
    closingAt: instant(market.closingAt),
    inPlayAt: instant(market.inPlayAt),
    settledAt: instant(market.settledAt),
    baseRate: market.baseRate,
    updates: market.updates,
    recordings: market.recordings,
    logBytes: market.logBytes,
    digest: market.digest,
    fixtureId: market.link?.fixtureId ?? null,
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

async function show(app: App, id: string): Promise<void> {
  const market = await marketById(app, id);
  const rows = market.runners.map((runner) => ({
    ...runner,
    name: runner.name ?? String(runner.selectionId),
  }));
  present(app, {
    schema: "statistico/market@1",
    document: { ...rowOf(market), runners: market.runners },
    columns: [
      { key: "name", title: "runner" },
      { key: "handicap", title: "handicap", align: "right" },
      { key: "status", title: "status" },
      { key: "bestBack", title: "back", align: "right" },
      { key: "bestLay", title: "lay", align: "right" },
      { key: "lastTraded", title: "last", align: "right" },
      { key: "startingPrice", title: "SP", align: "right" },
    ],
    rows,
  });
  const { event, type, kickOff, status, closing, baseRate } = rowOf(market);
  app.console.say(
    `${event ?? "unnamed"}, ${type}, ${kickOff ?? "no start"}: ${status}; ${closingWords(closing)}; base rate ${baseRate ?? "unknown"} %`,
  );
}
