import { MARKETS } from "../../domain/market.js";
import type { ExchangeLink, ExchangeMarket, ExchangeQuery, ExchangeRunner } from "../port.js";
import type { Connection } from "./connection.js";
import { damaged } from "./fault.js";

type Row = Omit<ExchangeMarket, "runners" | "link"> & {
  readonly id: number;
  readonly fixtureId: number | null;
  readonly market: string | null;
  readonly links: string | null;
};

/** A market's recordings, the best first: closed before open-ended, then the longer, then by digest so that it is one. */
const BEST = "r.status = 'CLOSED' DESC, r.updates DESC, r.digest";

/** Markets in the order of their kick-off and their ids, each by its best recording. */
export function readExchangeMarkets(connection: Connection, query: ExchangeQuery): readonly ExchangeMarket[] {
  const {
    venue = null,
    marketIds,
    eventTypeId = null,
    marketType = null,
    fixtureIds,
    linked,
    limit = -1,
  } = query;
  return connection.read(() =>
    connection
      .statement<Row>(
        `SELECT * FROM (
           SELECT r.id, m.venue, m.code AS marketId, r.digest, r.updates, r.log_bytes AS logBytes,
             r.first_at AS firstAt, r.last_at AS lastAt, r.event_type AS eventTypeId, r.event AS eventId,
             r.event_name AS eventName, r.name, r.market_type AS marketType, r.betting_type AS bettingType, r.status,
             r.kick_off AS kickOff, r.in_play_at AS inPlayAt, r.settled_at AS settledAt, r.base_rate AS baseRate,
             r.winners AS numberOfWinners, r.closing, r.closing_at AS closingAt,
             count(*) OVER (PARTITION BY m.id) AS recordings,
             row_number() OVER (PARTITION BY m.id ORDER BY ${BEST}) AS place,
             l.fixture_id AS fixtureId, l.market, l.runners AS links
           FROM exchange_market m
           JOIN exchange_recording r ON r.market_id = m.id
           LEFT JOIN exchange_link l ON l.market_id = m.id
           WHERE m.venue = ifnull(@venue, m.venue)
             AND (@marketIds IS NULL OR m.code IN (SELECT value FROM json_each(@marketIds)))
             AND (@fixtureIds IS NULL OR l.fixture_id IN (SELECT value FROM json_each(@fixtureIds)))
             AND (@linked IS NULL OR (l.fixture_id IS NOT NULL) = @linked)
         )
         WHERE place = 1 AND eventTypeId = ifnull(@eventTypeId, eventTypeId)
           AND marketType = ifnull(@marketType, marketType)
         ORDER BY kickOff, marketId LIMIT @limit`,
      )
      .all({
        venue,
        eventTypeId,
        marketType,
        limit,
        marketIds: marketIds ? JSON.stringify(marketIds) : null,
        fixtureIds: fixtureIds ? JSON.stringify(fixtureIds) : null,
        linked: linked === undefined ? null : Number(linked),
      })
      .map((row) => marketOf(connection, row)),
  );
}

function marketOf(connection: Connection, row: Row): ExchangeMarket {
  const {
    id,
    fixtureId: _,
    market: __,
    links: ___,
    place: ____,
    ...facts
  } = row as Row & { readonly place: number };
  return { ...facts, link: linkOf(connection, row), runners: runnersOf(connection, id) };
}

function runnersOf(connection: Connection, id: number): readonly ExchangeRunner[] {
  return connection
    .statement<ExchangeRunner>(
      `SELECT selection AS selectionId, handicap, name, status, starting_price AS startingPrice,
         last_traded AS lastTraded, best_back AS bestBack, best_lay AS bestLay
       FROM exchange_runner WHERE recording_id = ? ORDER BY ordinal`,
    )
    .all(id);
}

function linkOf(
  connection: Connection,
  { venue, marketId, fixtureId, market: code, links }: Row,
): ExchangeLink | null {
  if (fixtureId === null || code === null || links === null) return null;
  const market = MARKETS.find((known) => known === code);
  if (market === undefined) throw damaged(connection.path, `unknown market ${code}`);
  const triples: readonly (readonly [number, number, string])[] = JSON.parse(links);
  const runners = triples.map(([selectionId, handicap, runner]) => ({ selectionId, handicap, runner }));
  return { venue, marketId, fixtureId, market, runners };
}
