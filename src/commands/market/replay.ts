import type { App } from "../../app.js";
import type { Instant } from "../../core/clock.js";
import { formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { type MarketSeries, seriesOf } from "../../exchange/recorded/market-series.js";
import { writeWhole } from "../../files/write-whole.js";
import { readLog } from "../../ingest/betfair/market-log.js";
import { replayPage } from "../../report/html/market-replay.js";
import { type MarketReplay, type ReplayRunner, replayText } from "../../report/market-replay.js";
import { present } from "../../report/present.js";
import type { ExchangeMarket, Warehouse } from "../../warehouse/port.js";
import { closingWords, marketById } from "./find.js";

export interface ReplayOptions {
  readonly from: string;
  readonly to: string;
  readonly all?: boolean;
  readonly points: number;
  readonly html?: string;
}

/** Replay a market's log and draw what happened in it. */
export async function replayMarket(app: App, id: string, options: ReplayOptions): Promise<void> {
  const market = await marketById(app, id);
  const { from, to } = windowOf(market, options);
  const { recording } = readLog(app.marketsPath, market.digest);
  const series = seriesOf(recording, { from, to, points: Math.max(2, options.points) });
  const replay = replayOf(market, series, await oursOf(await app.warehouse("read"), market));
  if (options.html) writeWhole(options.html, replayPage(replay));
  present(app, {
    schema: "statistico/market-replay@1",
    document: documentOf(market, replay, series),
    columns: [],
    rows: rowsOf(replay),
    text: () => replayText(replay, app.console.width ?? 120),
  });
  if (options.html) app.console.say(`chart: ${options.html}`);
  app.console.say(`${market.updates} updates replayed, ${series.times.length} moments shown`);
}

function windowOf(
  market: ExchangeMarket,
  options: ReplayOptions,
): { readonly from: Instant; readonly to: Instant } {
  const { firstAt, lastAt, kickOff, marketId } = market;
  if (options.all || kickOff === null) return { from: firstAt, to: Math.max(lastAt, firstAt + 1000) };
  const [from, to] = [kickOff + spanFlag(options.from), kickOff + spanFlag(options.to)];
  if (to <= from)
    throw new StatisticoError(
      "usage",
      `--to must be after --from, was ${options.to}`,
      "--from -60m --to 10m",
    );
  if (to < firstAt || from > lastAt)
    throw new StatisticoError(
      "data",
      `nothing of ${marketId} was recorded between ${formatInstant(from)} and ${formatInstant(to)}`,
      `statistico market replay ${marketId} --all`,
    );
  return { from, to };
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function spanFlag(text: string): number {
  const match = /^(-?\d{1,6})([smhd])$/.exec(text);
  if (!match)
    throw new StatisticoError("usage", `a span is like -60m or 2h, was "${text}"`, "--from -60m --to 10m");
  return Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 0);
}

/** Our latest compiled fair prices of the fixture, by runner. */
async function oursOf(
  warehouse: Warehouse,
  { link, kickOff }: ExchangeMarket,
): Promise<ReadonlyMap<string, number>> {
  if (link === null) return new Map();
  const odds = await warehouse.compiledOdds({ ids: [link.fixtureId], asOf: kickOff ?? undefined });
  const own = odds.filter(({ market }) => market === link.market);
  return new Map(
    [...own].sort((a, b) => a.asOf - b.asOf).map(({ runner, fairPrice }) => [runner, fairPrice]),
  );
}

function replayOf(
  market: ExchangeMarket,
  series: MarketSeries,
  ours: ReadonlyMap<string, number>,
): MarketReplay {
  const { marketId, eventName, name, marketType, kickOff, inPlayAt, status } = market;
  return {
    title: `${eventName ?? marketId} - ${name ?? marketType}`,
    note: `${marketId}, ${kickOff === null ? "no start" : `start ${formatInstant(kickOff)}`}, ${status.toLowerCase()}, ${closingWords(market.closing)}`,
    times: series.times,
    runners: series.runners.map((runner): ReplayRunner => {
      const { selectionId, handicap, back, lay, lastTraded } = runner;
      const same = (one: { readonly selectionId: number; readonly handicap: number }): boolean =>
        one.selectionId === selectionId && one.handicap === handicap;
      const told = market.runners.find(same);
      const own = market.link?.runners.find(same)?.runner;
      return {
        name: `${told?.name ?? selectionId}${handicap === 0 ? "" : ` ${handicap}`}`,
        status: told?.status ?? "",
        back,
        lay,
        lastTraded,
        ours: own === undefined ? null : (ours.get(own) ?? null),
      };
    }),
    volume: series.volumeMinor.map((minor) => minor / 100),
    suspended: series.suspended,
    kickOff,
    inPlayAt,
  };
}

function documentOf({ marketId, digest }: ExchangeMarket, replay: MarketReplay, { times }: MarketSeries) {
  const { title, runners, volume, suspended, kickOff, inPlayAt } = replay;
  const instant = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
  return {
    marketId,
    digest,
    title,
    kickOff: instant(kickOff),
    inPlayAt: instant(inPlayAt),
    suspended: suspended.map(([from, to]) => ({ from: formatInstant(from), to: formatInstant(to) })),
    times: times.map((at) => formatInstant(Math.round(at))),
    volume,
    runners,
  };
}

function rowsOf({ times, runners, volume }: MarketReplay) {
  return times.flatMap((at, i) =>
    runners.map(({ name, back, lay, lastTraded, ours }) => ({
      at: formatInstant(Math.round(at)),
      runner: name,
      back: back[i] ?? null,
      lay: lay[i] ?? null,
      lastTraded: lastTraded[i] ?? null,
      ours,
      volume: volume[i] ?? null,
    })),
  );
}
