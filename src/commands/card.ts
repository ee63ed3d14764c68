import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Fixture, MatchStatistics, Result, SideStatistics } from "../domain/fixture.js";
import { RUNNERS } from "../domain/market.js";
import type { PriceSnapshot } from "../domain/price.js";
import { present, type Row } from "../report/present.js";
import { renderTable } from "../report/table.js";
import type { CompiledPrice } from "../warehouse/port.js";
import { countFlag } from "./shared/flags.js";
import { fixtureRow } from "./shared/rows.js";

const EXAMPLES = `Examples:
  statistico card 812                                result, statistics, prices early and closing, our prices
  statistico card 812 --json
`;

const STATISTICS: readonly (readonly [key: keyof SideStatistics, title: string])[] = [
  ["shots", "shots"],
  ["shotsOnTarget", "on target"],
  ["corners", "corners"],
  ["fouls", "fouls"],
  ["yellowCards", "yellow"],
  ["redCards", "red"],
];

export const define: Define = (command, withApp) => {
  command
    .argument("<fixture>", "the fixture's id", countFlag)
    .addHelpText("before", EXAMPLES)
    .action(withApp(async (app, id: number) => card(app, id)));
};

async function card(app: App, id: number): Promise<void> {
  const warehouse = await app.warehouse("read");
  const query = { ids: [id] };
  const [fixture] = await warehouse.fixtures(query);
  if (!fixture) throw new StatisticoError("data", `no fixture ${id}`, "statistico fixtures --all");
  const [match] = await warehouse.matches(query);
  const statistics = (await warehouse.statistics(query)).get(id) ?? null;
  const prices = await warehouse.prices({ ...query, markets: ["MATCH_ODDS"] });
  const ours = await warehouse.compiledOdds(query);
  const priceTable = priceRows(prices, ours);
  present(app, {
    schema: "statistico/card@1",
    document: {
      fixture: fixtureRow(fixture),
      result: match?.result ?? null,
      statistics,
      matchOdds: priceTable,
      compiled: ours.map(compiledRow),
    },
    columns: [],
    rows: priceTable,
    text: () => cardText(app, fixture, match?.result ?? null, statistics, priceTable, ours),
  });
}

/** A row a source and moment with its three prices; our own beside the others. */
function priceRows(prices: readonly PriceSnapshot[], ours: readonly CompiledPrice[]): Row[] {
  const rows = new Map<string, Record<string, string | number>>();
  for (const { source, moment, side, runner, price } of prices) {
    const key = `${moment} ${source} ${side}`;
    rows.set(key, { ...(rows.get(key) ?? { moment, source, side }), [runner]: price });
  }
  const own = ours.filter(({ market }) => market === "MATCH_ODDS");
  for (const { model, runner, fairPrice } of own) {
    const key = `ours ${model}`;
    rows.set(key, { ...(rows.get(key) ?? { moment: "ours", source: model, side: "" }), [runner]: fairPrice });
  }
  return [...rows.values()].map((row) => ({ ...row, overround: overround(row) }));
}

function overround(row: Readonly<Record<string, string | number>>): number | null {
  const prices = (RUNNERS.MATCH_ODDS ?? []).map((runner) => row[runner]);
  return prices.every((price) => typeof price === "number")
    ? prices.reduce((sum, price) => sum + 1 / Number(price), -1)
    : null;
}

function compiledRow({
  market,
  runner,
  line,
  model,
  asOf,
  probability,
  low,
  high,
  fairPrice,
}: CompiledPrice): Row {
  return {
    market,
    runner,
    line: line / 4,
    model,
    asOf: formatInstant(asOf),
    probability,
    low,
    high,
    fairPrice,
  };
}

function cardText(
  app: App,
  fixture: Fixture,
  result: Result | null,
  statistics: MatchStatistics | null,
  prices: readonly Row[],
  ours: readonly CompiledPrice[],
): string {
  const style = { width: app.console.width, color: app.console.color };
  const { home, away, date, kickOff, league } = fixtureRow(fixture);
  const score =
    result === null ? "to be played" : `${result.homeGoals}-${result.awayGoals}${halfTime(result)}`;
  const counts = statisticsRows(statistics);
  const compiled = ours.filter(({ market }) => market !== "MATCH_ODDS").map(compiledRow);
  return [
    `${league}  ${kickOff ?? date}  ${home} - ${away}  ${score}\n`,
    counts.length === 0
      ? ""
      : renderTable(
          [
            { key: "home", title: home },
            { key: "name", title: "" },
            { key: "away", title: away },
          ],
          counts,
          style,
        ),
    prices.length === 0
      ? "no prices\n"
      : renderTable(
          [
            { key: "moment", title: "moment" },
            { key: "source", title: "source" },
            { key: "side", title: "side" },
            { key: "HOME", title: "home", digits: 2 },
            { key: "DRAW", title: "draw", digits: 2 },
            { key: "AWAY", title: "away", digits: 2 },
            { key: "overround", title: "overround", digits: 3 },
          ],
          prices,
          style,
        ),
    compiled.length === 0
      ? ""
      : renderTable(
          [
            { key: "market", title: "our market" },
            { key: "runner", title: "runner" },
            { key: "probability", title: "probability", digits: 3 },
            { key: "fairPrice", title: "fair price", digits: 2 },
            { key: "model", title: "model" },
          ],
          compiled,
          style,
        ),
  ]
    .filter(Boolean)
    .join("\n");
}

function halfTime({ halfTimeHome, halfTimeAway }: Result): string {
  return halfTimeHome === null ? "" : ` (half time ${halfTimeHome}-${halfTimeAway})`;
}

function statisticsRows(statistics: MatchStatistics | null): Row[] {
  if (statistics === null) return [];
  return STATISTICS.map(([key, name]) => ({
    home: statistics.home[key],
    name,
    away: statistics.away[key],
  })).filter(({ home, away }) => home !== null || away !== null);
}
