import type { Instant } from "../../core/clock.js";
import { ApiError, countOf, type Params, recordOf, textsOf, timeOf } from "./api-error.js";
import { BASE_RATE, iso, runnerName, SOCCER } from "./definition-json.js";
import type { Exchange } from "./exchange-state.js";
import { currentPhase, type PracticeMarket } from "./market.js";

const MOST_WEIGHT = 200;
const WEIGHTS: Readonly<Record<string, number>> = { MARKET_DESCRIPTION: 1, RUNNER_METADATA: 1 };

/** Markets that are not closed and pass a MarketFilter. Competitions go by their league's place in the fixtures. */
export function filterMarkets(exchange: Exchange, params: Params): PracticeMarket[] {
  const filter = recordOf(params, "filter");
  const wanted = {
    eventTypes: textsOf(filter, "eventTypeIds"),
    markets: textsOf(filter, "marketIds"),
    events: textsOf(filter, "eventIds"),
    types: textsOf(filter, "marketTypeCodes") ?? textsOf(filter, "marketTypes"),
    competitions: textsOf(filter, "competitionIds"),
  };
  const start = recordOf(filter, "marketStartTime");
  const from = timeOf(start, "from", Number.NEGATIVE_INFINITY);
  const to = timeOf(start, "to", Number.POSITIVE_INFINITY);
  const has = (list: readonly string[] | null, value: string): boolean =>
    list === null || list.includes(value);
  return [...exchange.markets.values()].filter((market) => {
    const { kickOff, league } = market.script.fixture;
    return (
      currentPhase(market).status !== "CLOSED" &&
      kickOff >= from &&
      kickOff <= to &&
      has(wanted.eventTypes, SOCCER) &&
      has(wanted.markets, market.marketId) &&
      has(wanted.events, market.eventId) &&
      has(wanted.types, market.kind.type) &&
      has(wanted.competitions, competitionId(exchange, league))
    );
  });
}

export function competitionId({ options }: Exchange, league: string): string {
  const leagues = [...new Set(options.fixtures.map((fixture) => fixture.league))];
  return String(10_932_500 + leagues.indexOf(league));
}

export function listMarketCatalogue(exchange: Exchange, params: Params): object[] {
  const projection = textsOf(params, "marketProjection") ?? [];
  const most = countOf(params, "maxResults", 0);
  if (most < 1 || most > 1000) throw new ApiError("INVALID_INPUT_DATA", "maxResults");
  const weight = projection.reduce((sum, name) => sum + (WEIGHTS[name] ?? 0), 0);
  if (weight * most > MOST_WEIGHT) throw new ApiError("TOO_MUCH_DATA");
  const has = (name: string): boolean => projection.includes(name);
  return filterMarkets(exchange, params)
    .sort((a, b) => a.script.fixture.kickOff - b.script.fixture.kickOff || (a.marketId < b.marketId ? -1 : 1))
    .slice(0, most)
    .map((market) => ({
      marketId: market.marketId,
      marketName: market.kind.name,
      ...(has("MARKET_START_TIME") ? { marketStartTime: iso(market.script.fixture.kickOff) } : {}),
      ...(has("MARKET_DESCRIPTION") ? { description: descriptionOf(market) } : {}),
      totalMatched: market.crowd.total,
      ...(has("RUNNER_DESCRIPTION") || has("RUNNER_METADATA") ? { runners: runnersOf(market) } : {}),
      ...(has("EVENT_TYPE") ? { eventType: { id: SOCCER, name: "Soccer" } } : {}),
      ...(has("COMPETITION") ? { competition: competitionOf(exchange, market) } : {}),
      ...(has("EVENT") ? { event: eventOf(market) } : {}),
    }));
}

function descriptionOf({ kind, script }: PracticeMarket): object {
  const at = iso(script.fixture.kickOff);
  return {
    persistenceEnabled: true,
    bspMarket: kind.bsp,
    marketTime: at,
    suspendTime: at,
    bettingType: "ODDS",
    turnInPlayEnabled: true,
    marketType: kind.type,
    regulator: "PRACTICE",
    marketBaseRate: BASE_RATE,
    discountAllowed: true,
    wallet: "UK wallet",
    rules: "Made up: nothing here is real money.",
    rulesHasDate: true,
    priceLadderDescription: { type: "CLASSIC" },
  };
}

function runnersOf(market: PracticeMarket): object[] {
  return market.runnerIds.map((selectionId, i) => ({
    selectionId,
    runnerName: runnerName(market, i),
    handicap: 0,
    sortPriority: i + 1,
  }));
}

function competitionOf(exchange: Exchange, { script }: PracticeMarket): object {
  const { league } = script.fixture;
  return { id: competitionId(exchange, league), name: league };
}

export function eventOf({ eventId, script }: PracticeMarket): object {
  const { home, away, kickOff } = script.fixture;
  return {
    id: eventId,
    name: `${home} v ${away}`,
    countryCode: "GB",
    timezone: "GMT",
    openDate: iso(kickOff),
  };
}

/** listEventTypes, listCompetitions, listEvents, listMarketTypes: what the markets that pass have, and how many each. */
export function listGroups(exchange: Exchange, operation: string, params: Params): object[] {
  const groups = new Map<string, { found: object; marketCount: number }>();
  for (const market of filterMarkets(exchange, params)) {
    const found = groupOf(exchange, operation, market);
    const key = JSON.stringify(found);
    const known = groups.get(key) ?? { found, marketCount: 0 };
    known.marketCount += 1;
    groups.set(key, known);
  }
  return [...groups.values()].map(({ found, marketCount }) => ({ ...found, marketCount }));
}

function groupOf(exchange: Exchange, operation: string, market: PracticeMarket): object {
  switch (operation) {
    case "listEventTypes":
      return { eventType: { id: SOCCER, name: "Soccer" } };
    case "listCompetitions":
      return { competition: competitionOf(exchange, market), competitionRegion: "GBR" };
    case "listEvents":
      return { event: eventOf(market) };
    default:
      return { marketType: market.kind.type };
  }
}

/** Whether a listed instant lies in a range of `{from, to}`. */
export function within(range: Params, at: Instant): boolean {
  return (
    at >= timeOf(range, "from", Number.NEGATIVE_INFINITY) &&
    at <= timeOf(range, "to", Number.POSITIVE_INFINITY)
  );
}
