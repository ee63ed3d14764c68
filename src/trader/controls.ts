import type { Instant } from "../core/clock.js";
import { CLASSIC, FINEST, type LadderType } from "../domain/ladder.js";
import type { Minor } from "../domain/money.js";
import type { VenueBook } from "../exchange/venue.js";
import type { BetIntent, Verdict } from "./bet.js";
import { riskMinor } from "./exposure.js";
import type { TradingLimits } from "./limits.js";
import { minimumFault } from "./minimum-stake.js";
import type { Usage } from "./usage.js";

/** Everything that a control may look at. Plain data: the same case, the same word. */
export interface ControlCase {
  readonly intent: BetIntent;
  readonly limits: TradingLimits;
  readonly usage: Usage;
  readonly currency: string;
  readonly now: Instant;
  /** Since the book was true, by a clock that only goes forward. */
  readonly priceAgeMs: number;
  readonly book: VenueBook;
  readonly availableMinor: Minor;
  /** Bets that this run has intended already. */
  readonly betsThisRun: number;
  /** Why trading is stopped; null when it is not. */
  readonly halted: string | null;
}

export interface Control {
  readonly name: string;
  /** Why not; null when there is nothing against it. */
  readonly refusal: (given: ControlCase) => string | null;
}

/** In the order in which they are asked: what stops everything first, what is cheap to know before what is not. */
export const CONTROLS: readonly Control[] = [
  { name: "halt", refusal: ({ halted }) => halted },
  { name: "unknown-in-total", refusal: unknownInTotal },
  { name: "unknown-in-market", refusal: unknownInMarket },
  { name: "market-open", refusal: marketOpen },
  { name: "runner-active", refusal: runnerActive },
  { name: "price-age", refusal: priceAge },
  { name: "time-to-off", refusal: timeToOff },
  { name: "price-drift", refusal: priceDrift },
  { name: "ladder", refusal: onLadder },
  {
    name: "minimum-stake",
    refusal: ({ currency, intent: { sizeMinor, price } }) => minimumFault(currency, sizeMinor, price),
  },
  { name: "bets-per-run", refusal: betsPerRun },
  { name: "per-bet", refusal: (given) => over(given, "a bet", given.limits.perBetMinor, 0) },
  {
    name: "per-selection",
    refusal: (given) =>
      over(given, "the selection", given.limits.perSelectionMinor, given.usage.selectionMinor),
  },
  {
    name: "per-market",
    refusal: (given) => over(given, "the market", given.limits.perMarketMinor, given.usage.marketMinor),
  },
  {
    name: "per-fixture",
    refusal: (given) => over(given, "the fixture", given.limits.perFixtureMinor, given.usage.fixtureMinor),
  },
  {
    name: "per-strategy",
    refusal: (given) => over(given, "the strategy", given.limits.perStrategyMinor, given.usage.strategyMinor),
  },
  {
    name: "per-day",
    refusal: (given) => over(given, "the day", given.limits.perDayMinor, given.usage.dayMinor),
  },
  {
    name: "account",
    refusal: (given) => over(given, "the account", given.limits.accountMinor, given.usage.accountMinor),
  },
  {
    name: "daily-loss",
    refusal: (given) =>
      over(
        given,
        "the day's loss",
        given.limits.maxDailyLossMinor,
        given.usage.dayLossMinor + given.usage.accountMinor,
      ),
  },
  { name: "funds", refusal: funds },
];

/** Those that are asked once more when the intent is on the disk: time has passed. */
export const LAST_CONTROLS: readonly Control[] = CONTROLS.filter(({ name }) =>
  ["halt", "price-age", "time-to-off"].includes(name),
);

/** Ask the controls in order, up to the first that refuses. */
export function askControls(given: ControlCase, controls: readonly Control[] = CONTROLS): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const { name, refusal } of controls) {
    const said = refusal(given);
    verdicts.push({ control: name, refusal: said });
    if (said !== null) break;
  }
  return verdicts;
}

export function refusalOf(verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.find(({ refusal }) => refusal !== null) ?? null;
}

function risk({ intent }: ControlCase): Minor {
  return riskMinor(intent.side, intent.sizeMinor, intent.price);
}

function over(given: ControlCase, what: string, limitMinor: Minor | null, usedMinor: Minor): string | null {
  if (limitMinor === null) return null;
  const wouldBe = usedMinor + risk(given);
  return wouldBe <= limitMinor
    ? null
    : `${what} would risk ${amount(wouldBe)}, the limit is ${amount(limitMinor)}`;
}

function unknownInTotal({ usage: { unknown }, limits: { maxUnknown } }: ControlCase): string | null {
  return unknown <= maxUnknown ? null : `${unknown} bets are unknown, ${maxUnknown} at most`;
}

function unknownInMarket({ usage: { unknownInMarket: unknown } }: ControlCase): string | null {
  return unknown === 0 ? null : "a bet in this market is unknown";
}

function marketOpen({ book, limits }: ControlCase): string | null {
  if (book.status !== "OPEN") return `the market is ${book.status}`;
  if (book.inPlay && !limits.inPlay) return "the market is in play";
  return book.unreliable ? "the venue calls its prices unreliable" : null;
}

function runnerActive({ book, intent }: ControlCase): string | null {
  const runner = runnerOf(book, intent);
  if (!runner) return "the market has no such runner";
  return runner.status === "ACTIVE" ? null : `the runner is ${runner.status}`;
}

function priceAge({ priceAgeMs, limits: { maxPriceAgeMs } }: ControlCase): string | null {
  if (priceAgeMs >= 0 && priceAgeMs <= maxPriceAgeMs) return null;
  return `the price is ${(priceAgeMs / 1000).toFixed(1)} s old, ${maxPriceAgeMs / 1000} s at most`;
}

function timeToOff({ intent: { startsAt }, now, limits }: ControlCase): string | null {
  const left = startsAt - now;
  if (left >= limits.minTimeToOffMs || (limits.inPlay && left < 0)) return null;
  return left < 0 ? "the match should have begun" : `${Math.floor(left / 1000)} s are left to the start`;
}

/** The price that can be had now against the one that the decision saw. A better one is no drift. */
function priceDrift({ book, intent, limits: { maxDrift } }: ControlCase): string | null {
  const runner = runnerOf(book, intent);
  const best = (intent.side === "back" ? runner?.toBack : runner?.toLay)?.[0];
  if (!best) return "there is no price to be had";
  const { quotedPrice } = intent.why;
  const price = priceAt(book.ladder, best.tick);
  const worse = intent.side === "back" ? quotedPrice - price : price - quotedPrice;
  const drift = worse / (quotedPrice - 1);
  return drift <= maxDrift + 1e-9
    ? null
    : `the price moved from ${quotedPrice} to ${price}, ${(100 * drift).toFixed(1)}% of the net odds`;
}

function onLadder({ intent, book }: ControlCase): string | null {
  if (book.ladder !== intent.ladder) return `the market's ladder is ${book.ladder}`;
  const { tick, price, ladder } = intent;
  const ticks = ladder === "CLASSIC" ? CLASSIC.ticks : FINEST.ticks;
  const good = ladder !== "LINE_RANGE" && Number.isInteger(tick) && tick >= 0 && tick < ticks;
  return good && priceAt(ladder, tick) === price ? null : `${price} is not a price of the ladder`;
}

function betsPerRun({ betsThisRun, limits: { maxBetsPerRun } }: ControlCase): string | null {
  return betsThisRun < maxBetsPerRun ? null : `${maxBetsPerRun} bets a run at most`;
}

function funds(given: ControlCase): string | null {
  return risk(given) <= given.availableMinor
    ? null
    : `it would take ${amount(risk(given))}, there is ${amount(given.availableMinor)}`;
}

function runnerOf(
  book: VenueBook,
  { selectionId, handicap }: BetIntent,
): VenueBook["runners"][number] | undefined {
  return book.runners.find((each) => each.selectionId === selectionId && each.handicap === handicap);
}

export function priceAt(ladder: LadderType, tick: number): number {
  return (ladder === "FINEST" ? FINEST : CLASSIC).price(tick);
}

function amount(minor: Minor): string {
  return (minor / 100).toFixed(2);
}
