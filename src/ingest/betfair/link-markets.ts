import type { Instant } from "../../core/clock.js";
import { dayOfInstant } from "../../core/day.js";
import { normalName } from "../../domain/club-name.js";
import type { Fixture } from "../../domain/fixture.js";
import { MARKETS, type Market, type Runner, totalLine } from "../../domain/market.js";
import type {
  ExchangeLink,
  ExchangeMarket,
  ExchangeRunner,
  IngestedFile,
  TeamAlias,
  Warehouse,
} from "../../warehouse/port.js";
import type { Archive } from "../archive.js";
import { VENUE } from "./exchange-file.js";
import { readLog } from "./market-log.js";
import { PRICES_READING } from "./reading.js";
import { pricesFile } from "./recorded-prices.js";

/** Football markets that were linked to a fixture now, and those that still have none. */
export interface LinkReport {
  readonly linked: number;
  readonly waiting: number;
}

export interface LinkContext {
  readonly warehouse: Warehouse;
  readonly archive: Archive;
  /** Where the logs of markets are. */
  readonly logs: string;
}

const FOOTBALL = "1";

/**
 * Find the fixtures of football markets by the clubs' names and the day, and keep their prices as prices of the fixture.
 *
 * Only names that are equal once written alike, or an alias of the source: a market whose clubs are not known waits,
 * it is never guessed at. Kick-offs in another time zone may fall on the day before or after. Prices are noted
 * in the archive, so that a rebuilt database has the same links and no others.
 */
export async function linkMarkets(
  { warehouse, archive, logs }: LinkContext,
  at: Instant,
): Promise<LinkReport> {
  const markets = await warehouse.exchangeMarkets({ venue: VENUE, eventTypeId: FOOTBALL, linked: false });
  return link(warehouse, markets, (market, fixture, found) => {
    const file = pricesFile(market, readLog(logs, market.digest).recording, fixture, found, at);
    return { ...file, raw: archive.note(file.raw) };
  });
}

/** Make the links again that were made of recordings before: those that the archive has a note of. */
export async function relinkMarkets({ warehouse, archive, logs }: LinkContext): Promise<LinkReport> {
  const noted = new Map(
    archive
      .entries()
      .filter(({ reading }) => reading === PRICES_READING)
      .map((raw) => [raw.sha256, raw]),
  );
  const markets = await warehouse.exchangeMarkets({ venue: VENUE, eventTypeId: FOOTBALL, linked: false });
  const before = markets.filter(({ digest }) => noted.has(digest));
  return link(warehouse, before, (market, fixture, found) => {
    const file = pricesFile(market, readLog(logs, market.digest).recording, fixture, found, 0);
    return { ...file, raw: noted.get(market.digest) ?? file.raw };
  });
}

async function link(
  warehouse: Warehouse,
  markets: readonly ExchangeMarket[],
  fileOf: (market: ExchangeMarket, fixture: Fixture, link: ExchangeLink) => IngestedFile,
): Promise<LinkReport> {
  const named = markets.filter(({ eventName, kickOff }) => eventName !== null && kickOff !== null);
  if (named.length === 0) return { linked: 0, waiting: markets.length };
  const fixtures = await fixturesAround(warehouse, named);
  const spellings = spellingsOf(await warehouse.aliases());
  const found = named.flatMap((market) => {
    const match = matchOf(market, fixtures, spellings);
    return match === null ? [] : [{ market, ...match }];
  });
  await warehouse.writeExchangeLinks(found.map(({ link }) => link));
  for (const { market, fixture, link } of found) {
    await warehouse.writeFile(fileOf(market, fixture, link));
  }
  return { linked: found.length, waiting: markets.length - found.length };
}

/** Fixtures by "day home away", the names written alike. */
type Fixtures = ReadonlyMap<string, readonly Fixture[]>;

async function fixturesAround(warehouse: Warehouse, markets: readonly ExchangeMarket[]): Promise<Fixtures> {
  const days = markets.map(({ kickOff }) => dayOfInstant(kickOff ?? 0));
  const fromDay = days.reduce((least, day) => Math.min(least, day));
  const toDay = days.reduce((most, day) => Math.max(most, day));
  const fixtures = new Map<string, Fixture[]>();
  for (const fixture of await warehouse.fixtures({ fromDay: fromDay - 1, toDay: toDay + 1 })) {
    const key = keyOf(fixture.day, normalName(fixture.home.name), normalName(fixture.away.name));
    fixtures.set(key, [...(fixtures.get(key) ?? []), fixture]);
  }
  return fixtures;
}

function keyOf(day: number, home: string, away: string): string {
  return JSON.stringify([day, home, away]);
}

/** The exchange's spellings of clubs, both written alike; a spelling of two clubs stands for neither. */
function spellingsOf(aliases: readonly TeamAlias[]): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const { source, alias, team } of aliases) {
    if (source !== VENUE) continue;
    const [spelling, meant] = [normalName(alias), normalName(team)];
    spellings.set(spelling, (spellings.get(spelling) ?? meant) === meant ? meant : "");
  }
  return spellings;
}

function matchOf(
  market: ExchangeMarket,
  fixtures: Fixtures,
  spellings: ReadonlyMap<string, string>,
): { readonly fixture: Fixture; readonly link: ExchangeLink } | null {
  const sides = market.eventName?.split(/ v /);
  const code = MARKETS.find((known) => known === market.marketType);
  if (sides?.length !== 2 || code === undefined || market.kickOff === null) return null;
  const [home, away] = sides.map((name) => spellings.get(normalName(name)) ?? normalName(name));
  const day = dayOfInstant(market.kickOff);
  const found = [day, day - 1, day + 1].flatMap((near) => fixtures.get(keyOf(near, home, away)) ?? []);
  const [fixture] = found;
  // Two fixtures of one pair within three days, or one of two leagues: nobody can tell which is meant.
  if (fixture === undefined || found.length > 1) return null;
  const runners = runnersOf(market.runners, code, home, away, spellings);
  if (runners === null) return null;
  const { marketId } = market;
  return { fixture, link: { venue: VENUE, marketId, fixtureId: fixture.id, market: code, runners } };
}

/** Our names of all runners; null when one of them has none. */
function runnersOf(
  runners: readonly ExchangeRunner[],
  market: Market,
  home: string,
  away: string,
  spellings: ReadonlyMap<string, string>,
): ExchangeLink["runners"] | null {
  const named = runners.map(({ selectionId, handicap, name }) => {
    const alike = name === null ? "" : normalName(name);
    return { selectionId, handicap, runner: runnerOf(spellings.get(alike) ?? alike, market, home, away) };
  });
  return named.every((runner): runner is ExchangeLink["runners"][number] => runner.runner !== null)
    ? named
    : null;
}

function runnerOf(name: string, market: Market, home: string, away: string): Runner | null {
  const sides = new Map([
    [home, "HOME"],
    [away, "AWAY"],
    ["the draw", "DRAW"],
    ["draw", "DRAW"],
  ]);
  if (["MATCH_ODDS", "HALF_TIME", "DRAW_NO_BET"].includes(market)) return sides.get(name) ?? null;
  if (market === "BOTH_TEAMS_TO_SCORE") return { yes: "YES", no: "NO" }[name] ?? null;
  if (totalLine(market) !== null) return { over: "OVER", under: "UNDER" }[name.split(" ")[0] ?? ""] ?? null;
  return null;
}
