import { StatisticoError } from "../core/errors.js";
import { type Market, type QuarterLine, RUNNERS, type Runner, TRADED_MARKETS } from "../domain/market.js";
import type { Side } from "../domain/price.js";
import type { MarketView } from "./view.js";

/** Version of the contract between this program and a strategy written in code. */
export const API_VERSION = 1;

/** A bet that a strategy written in code would strike; prices, limits, bank and rounding are not its business. */
export interface Pick {
  readonly market: Market;
  readonly runner: Runner;
  /** Quarter goals; 0 when left out. */
  readonly line: QuarterLine;
  readonly side: Side;
  /** Money; null leaves it to the strategy's staking. */
  readonly stake: number | null;
  /** Its own probability that the runner wins; null leaves it to the model. */
  readonly probability: number | null;
  readonly because: string | null;
}

/** Code that picks bets: called once a fixture with a frozen view. It must answer from that alone. */
export type Picker = (view: MarketView) => readonly Pick[];

const MOST_PICKS = 100;
const KEYS = ["market", "runner", "line", "side", "stake", "probability", "because"];

/**
 * What a strategy's code answered, checked key by key: nothing it says is taken on trust.
 *
 * Throws   StatisticoError("usage") naming the pick and the key that is wrong.
 */
export function readPicks(answer: unknown, file: string): Pick[] {
  if (!Array.isArray(answer)) throw wrong(file, `decide must return a list of picks, was ${kindOf(answer)}`);
  if (answer.length > MOST_PICKS)
    throw wrong(file, `decide must return at most ${MOST_PICKS} picks, was ${answer.length}`);
  return answer.map((pick: unknown, index) => readPick(pick, file, `picks[${index}]`));
}

function readPick(pick: unknown, file: string, at: string): Pick {
  if (typeof pick !== "object" || pick === null)
    throw wrong(file, `${at} must be an object, was ${kindOf(pick)}`);
  const given = new Map<string, unknown>(Object.entries(pick));
  for (const key of given.keys())
    if (!KEYS.includes(key)) throw wrong(file, `${at} has a key that means nothing, was ${key.slice(0, 40)}`);
  const market = oneOf(given.get("market"), TRADED_MARKETS, file, `${at}.market`);
  return {
    market,
    runner: oneOf(given.get("runner"), RUNNERS[market] ?? null, file, `${at}.runner`),
    line: numberOf(given.get("line"), -400, 400, file, `${at}.line`) ?? 0,
    side:
      given.get("side") === undefined
        ? "BACK"
        : oneOf(given.get("side"), ["BACK", "LAY"], file, `${at}.side`),
    stake: numberOf(given.get("stake"), 0.01, 1e9, file, `${at}.stake`),
    probability: numberOf(given.get("probability"), 0, 1, file, `${at}.probability`),
    because: wordsOf(given.get("because"), file, `${at}.because`),
  };
}

/** `words` null: any text, as the runners of a correct score. */
function oneOf<T extends string>(value: unknown, words: readonly T[] | null, file: string, at: string): T {
  const found = words === null ? (value as T) : words.find((word) => word === value);
  if (typeof found !== "string")
    throw wrong(
      file,
      `${at} must be ${words ? `one of ${words.join(", ")}` : "a text"}, was ${shown(value)}`,
    );
  return found;
}

function numberOf(value: unknown, least: number, most: number, file: string, at: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw wrong(file, `${at} must be a number from ${least} to ${most}, was ${shown(value)}`);
}

/** Commas and line ends would break the file of bets for those who split it by hand. */
function wordsOf(value: unknown, file: string, at: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw wrong(file, `${at} must be a text, was ${shown(value)}`);
  return value.replace(/[\p{Cc},\s]+/gu, " ").slice(0, 200);
}

function wrong(file: string, text: string): StatisticoError {
  return new StatisticoError("usage", `${file}: ${text}`, "see docs/strategy.md, strategies in code");
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 40) : kindOf(value);
}
