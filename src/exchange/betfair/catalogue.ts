import type { Instant } from "../../core/clock.js";
import type { LadderType } from "../../domain/ladder.js";
import type { CatalogueFilter, CatalogueMarket, CatalogueRunner } from "../venue.js";
import {
  idOf,
  instantOf,
  type Json,
  numberOf,
  objectOf,
  oneOf,
  optionalList,
  optionalNumber,
  optionalText,
  textOf,
} from "./json.js";

/** What books do not say of their market and orders need. */
export interface MarketFacts {
  readonly marketId: string;
  readonly ladder: LadderType;
  /** Percent; null when it is not told. */
  readonly marketBaseRate: number | null;
}

const SOCCER = "1";
const LADDERS = ["CLASSIC", "FINEST", "LINE_RANGE"] as const;
/** MARKET_DESCRIPTION weighs 1 a market, the other projections nothing, and 200 are allowed. */
export const CATALOGUE_PAGE = 200;

export function catalogueParams({ marketTypes, from, to, competitions }: CatalogueFilter): Json {
  return {
    filter: {
      eventTypeIds: [SOCCER],
      marketTypeCodes: marketTypes,
      marketStartTime: { from: isoOf(from), to: isoOf(to) },
      ...(competitions === undefined ? {} : { competitionIds: competitions }),
    },
    marketProjection: [
      "COMPETITION",
      "EVENT",
      "MARKET_START_TIME",
      "MARKET_DESCRIPTION",
      "RUNNER_DESCRIPTION",
    ],
    sort: "FIRST_TO_START",
    maxResults: CATALOGUE_PAGE,
  };
}

export function factsParams(marketIds: readonly string[]): Json {
  return { filter: { marketIds }, marketProjection: ["MARKET_DESCRIPTION"], maxResults: CATALOGUE_PAGE };
}

export function readCatalogue(item: unknown): CatalogueMarket {
  const json = objectOf(item, "catalogue");
  const event = objectOf(json.event, "event");
  const description = objectOf(json.description, "description");
  return {
    marketId: textOf(json, "marketId"),
    marketType: textOf(description, "marketType"),
    marketName: textOf(json, "marketName"),
    startsAt: instantOf(json, "marketStartTime"),
    eventId: textOf(event, "id"),
    eventName: textOf(event, "name"),
    competition: optionalText(objectOf(json.competition ?? {}, "competition"), "name") || null,
    country: optionalText(event, "countryCode") || null,
    runners: optionalList(json.runners, "runners").map(readRunner),
  };
}

function readRunner(item: unknown): CatalogueRunner {
  const json = objectOf(item, "runner");
  return {
    selectionId: idOf(json, "selectionId"),
    handicap: optionalNumber(json, "handicap", 0),
    name: textOf(json, "runnerName"),
    sortPriority: numberOf(json, "sortPriority"),
  };
}

/** Markets from before ladders were told are on CLASSIC, but for handicaps. */
export function readFacts(item: unknown): MarketFacts {
  const json = objectOf(item, "catalogue");
  const description = objectOf(json.description, "description");
  const told = description.priceLadderDescription;
  const betting = optionalText(description, "bettingType");
  const guessed: LadderType =
    betting === "LINE" ? "LINE_RANGE" : betting.startsWith("ASIAN_HANDICAP") ? "FINEST" : "CLASSIC";
  const rate = optionalNumber(description, "marketBaseRate", -1);
  return {
    marketId: textOf(json, "marketId"),
    ladder:
      told === undefined || told === null
        ? guessed
        : oneOf(objectOf(told, "priceLadderDescription"), "type", LADDERS),
    marketBaseRate: rate < 0 ? null : rate,
  };
}

/** "2026-03-07T15:00:00.000Z". */
export function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}
