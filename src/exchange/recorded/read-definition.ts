import type { Instant } from "../../core/clock.js";
import { civilDay, DAY_MS } from "../../core/day.js";
import { collapseSpace, stripControls } from "../../core/text.js";
import type { LadderType, LineRange } from "../../domain/ladder.js";
import type { DefinedRunner, MarketDefinition, MarketStatus, RunnerStatus } from "./definition.js";
import { MAX_RUNNERS, MAX_TICKS } from "./event.js";

/** A definition, or the field that makes it unusable. */
export type ReadDefinition =
  | { readonly kind: "definition"; readonly definition: MarketDefinition }
  | { readonly kind: "unusable"; readonly field: string };

type Json = Readonly<Record<string, unknown>>;

const STATUSES = words<MarketStatus>("INACTIVE", "OPEN", "SUSPENDED", "CLOSED");
const RUNNER_STATUSES = words<RunnerStatus>(
  "ACTIVE",
  "WINNER",
  "LOSER",
  "PLACED",
  "REMOVED",
  "REMOVED_VACANT",
  "HIDDEN",
);
const LADDERS = words<LadderType>("CLASSIC", "FINEST", "LINE_RANGE");

/** Carries the name of the first field that cannot be used; never leaves this file. */
class FieldError extends Error {
  override readonly name = "FieldError";
}

/**
 * Read a `marketDefinition` of a market change. Never throws for any JSON.
 *
 * What decides about bets and money (status, in-play, version, delay, winners, base rate, times, runners) must be
 * there; names and extras may be missing. Source: Betfair Exchange Stream API, MarketDefinition.
 */
export function readDefinition(json: unknown): ReadDefinition {
  try {
    return { kind: "definition", definition: marketOf(objectOf(json, "marketDefinition")) };
  } catch (error) {
    if (error instanceof FieldError) return { kind: "unusable", field: error.message };
    throw error;
  }
}

function marketOf(json: Json): MarketDefinition {
  const ladderType = ladderTypeOf(json);
  return {
    eventTypeId: idOf(json, "eventTypeId"),
    eventId: idOf(json, "eventId"),
    eventName: nameOf(json, "eventName"),
    name: nameOf(json, "name"),
    marketType: nameOf(json, "marketType") ?? "",
    bettingType: nameOf(json, "bettingType") ?? "",
    status: oneOf(json, "status", STATUSES),
    inPlay: flagOf(json, "inPlay"),
    turnInPlayEnabled: flagOf(json, "turnInPlayEnabled"),
    persistenceEnabled: flagOf(json, "persistenceEnabled"),
    bspMarket: flagOf(json, "bspMarket"),
    bspReconciled: flagOf(json, "bspReconciled"),
    betDelay: numberOf(json, "betDelay", 0, 3600),
    numberOfWinners: numberOf(json, "numberOfWinners", 0, MAX_RUNNERS),
    baseRate: numberOf(json, "marketBaseRate", 0, 100),
    version: numberOf(json, "version", 0, Number.MAX_SAFE_INTEGER),
    marketTime: instantOf(json, "marketTime") ?? fail("marketTime"),
    settledTime: instantOf(json, "settledTime"),
    ladderType,
    lines: ladderType === "LINE_RANGE" ? linesOf(json) : null,
    runners: runnersOf(json),
  };
}

/** Files from before the field existed: handicap lines were always on FINEST, lines on their own, all else on CLASSIC. */
function ladderTypeOf(json: Json): LadderType {
  const given = json.priceLadderDefinition;
  if (given !== undefined && given !== null)
    return oneOf(objectOf(given, "priceLadderDefinition"), "type", LADDERS);
  if (json.bettingType === "LINE") return "LINE_RANGE";
  return typeof json.bettingType === "string" && json.bettingType.startsWith("ASIAN_HANDICAP")
    ? "FINEST"
    : "CLASSIC";
}

function linesOf(json: Json): LineRange {
  const min = numberOf(json, "lineMinUnit", -1e6, 1e6);
  const max = numberOf(json, "lineMaxUnit", min, 1e6);
  const interval = numberOf(json, "lineInterval", 1e-6, 1e6);
  if ((max - min) / interval >= MAX_TICKS) return fail("lineInterval");
  return { min, max, interval };
}

function runnersOf(json: Json): DefinedRunner[] {
  const list = json.runners;
  if (!Array.isArray(list) || list.length > MAX_RUNNERS) return fail("runners");
  return list.map((item) => runnerOf(objectOf(item, "runners")));
}

function runnerOf(json: Json): DefinedRunner {
  const { id, hc = 0 } = json;
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) return fail("runners.id");
  if (typeof hc !== "number" || !Number.isFinite(hc)) return fail("runners.hc");
  return {
    selectionId: id,
    handicap: hc,
    name: nameOf(json, "name"),
    status: oneOf(json, "status", RUNNER_STATUSES),
    startingPrice: quietNumber(json.bsp, 1),
    adjustmentFactor: quietNumber(json.adjustmentFactor, -1),
    removedAt: instantOf(json, "removalDate"),
  };
}

/** A finite number above `floor`; null for everything else, "NaN" included. */
function quietNumber(value: unknown, floor: number): number | null {
  return typeof value === "number" && Number.isFinite(value) && value > floor ? value : null;
}

function objectOf(value: unknown, field: string): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : fail(field);
}

function idOf(json: Json, field: string): string {
  const value = json[field];
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? value : fail(field);
}

function nameOf(json: Json, field: string): string | null {
  const value = json[field];
  return typeof value === "string" ? collapseSpace(stripControls(value.slice(0, 500))) : null;
}

function flagOf(json: Json, field: string): boolean {
  const value = json[field];
  return typeof value === "boolean" ? value : fail(field);
}

function numberOf(json: Json, field: string, low: number, high: number): number {
  const value = json[field];
  return typeof value === "number" && value >= low && value <= high ? value : fail(field);
}

function oneOf<T extends string>(json: Json, field: string, known: ReadonlyMap<unknown, T>): T {
  return known.get(json[field]) ?? fail(field);
}

function words<T extends string>(...known: T[]): ReadonlyMap<unknown, T> {
  return new Map(known.map((word) => [word, word]));
}

function instantOf(json: Json, field: string): Instant | null {
  const value = json[field];
  if (value === undefined || value === null) return null;
  return (typeof value === "string" ? parseInstant(value) : null) ?? fail(field);
}

/** "2019-05-12T14:00:00.000Z" to an instant; null for anything else, impossible dates included. */
export function parseInstant(text: string): Instant | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?Z$/.exec(text);
  if (match === null) return null;
  const [year, month, dayOfMonth, hours, minutes, seconds, millis] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const day = civilDay(year, month, dayOfMonth);
  if (day === null || hours > 23 || minutes > 59 || seconds > 59) return null;
  return day * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
}

function fail(field: string): never {
  throw new FieldError(field);
}
