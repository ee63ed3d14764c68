import type { Instant } from "../../core/clock.js";
import { CLASSIC, FINEST, type Ladder } from "../../domain/ladder.js";
import type { PriceSize, RunnerStatus, VenueBook, VenueRunner } from "../venue.js";
import type { MarketFacts } from "./catalogue.js";
import {
  idOf,
  type Json,
  listOf,
  moneyOf,
  numberOf,
  objectOf,
  oneOf,
  optionalFlag,
  optionalList,
  optionalNumber,
  optionalText,
  textOf,
} from "./json.js";

const STATUSES = ["INACTIVE", "OPEN", "SUSPENDED", "CLOSED"] as const;
const RUNNER_STATUSES = ["ACTIVE", "REMOVED", "WINNER", "LOSER", "PLACED", "HIDDEN"] as const;

export function bookParams(marketIds: readonly string[]): Json {
  return {
    marketIds,
    // Virtual prices are those the site shows and orders are matched at.
    priceProjection: { priceData: ["EX_BEST_OFFERS"], virtualise: true },
  };
}

/**
 * One book of listMarketBook.
 *
 * `askedAt`: when the question was put; its prices are at least that fresh, but for a delayed key, whose books are
 * marked unreliable. Prices off the ladder are left out.
 */
export function readBook(
  item: unknown,
  facts: (marketId: string) => MarketFacts,
  askedAt: Instant,
): VenueBook {
  const json = objectOf(item, "book");
  const marketId = textOf(json, "marketId");
  const { ladder, marketBaseRate } = facts(marketId);
  return {
    marketId,
    status: oneOf(json, "status", STATUSES),
    inPlay: optionalFlag(json, "inplay"),
    version: numberOf(json, "version"),
    betDelaySeconds: numberOf(json, "betDelay"),
    pricedAt: askedAt,
    ladder,
    marketBaseRate,
    unreliable: optionalFlag(json, "isMarketDataDelayed"),
    runners: listOf(json.runners, "runners").map((runner) => readRunner(runner, ladderOf(ladder))),
  };
}

/** Books of line markets have no prices of odds. */
function ladderOf(type: MarketFacts["ladder"]): Ladder | null {
  if (type === "LINE_RANGE") return null;
  return type === "CLASSIC" ? CLASSIC : FINEST;
}

function readRunner(item: unknown, ladder: Ladder | null): VenueRunner {
  const json = objectOf(item, "runner");
  const ex = objectOf(json.ex ?? {}, "ex");
  const last = optionalNumber(json, "lastPriceTraded", 0);
  const lastTick = ladder === null || last === 0 ? -1 : ladder.tick(last);
  return {
    selectionId: idOf(json, "selectionId"),
    handicap: optionalNumber(json, "handicap", 0),
    status: runnerStatus(json),
    toBack: offersOf(optionalList(ex.availableToBack, "availableToBack"), ladder),
    toLay: offersOf(optionalList(ex.availableToLay, "availableToLay"), ladder),
    lastTick: lastTick < 0 ? null : lastTick,
  };
}

function runnerStatus(json: Json): RunnerStatus {
  return optionalText(json, "status") === "REMOVED_VACANT"
    ? "REMOVED"
    : oneOf(json, "status", RUNNER_STATUSES);
}

function offersOf(offers: readonly unknown[], ladder: Ladder | null): PriceSize[] {
  if (ladder === null) return [];
  return offers
    .map((offer) => {
      const json = objectOf(offer, "offer");
      return { tick: ladder.tick(numberOf(json, "price")), sizeMinor: moneyOf(json, "size") };
    })
    .filter(({ tick, sizeMinor }) => tick >= 0 && sizeMinor > 0);
}
