import { CLASSIC, FINEST, type LadderType } from "../../../domain/ladder.js";
import type { Minor } from "../../../domain/money.js";
import { applyUpdate } from "../../recorded/apply.js";
import { createBook, type LevelLadder, type MarketBook, type RunnerBook } from "../../recorded/book.js";
import { type ChangeJson, encodeChange } from "../../recorded/encode.js";
import { type Levels, sizeAt, ticksOf } from "../../recorded/levels.js";
import type { Rule } from "../../recorded/rule.js";
import { createWriter, type MarketWriter } from "../../recorded/writer.js";
import type { PriceSize, RunnerStatus, VenueBook, VenueRunner } from "../../venue.js";

/** A market's book as the stream keeps it: the recorded market's book, whose log is emptied at every change. */
export interface LiveBook {
  readonly writer: MarketWriter;
  readonly book: MarketBook;
  changes: number;
}

export function createLiveBook(marketId: string): LiveBook {
  return { writer: createWriter(marketId), book: createBook(marketId), changes: 0 };
}

/** Apply one change; the rule it breaks, if it cannot be used, and then nothing has changed. */
export function applyChange(live: LiveBook, change: ChangeJson, publishTime: number): Rule | null {
  const { writer, book } = live;
  const { recording } = writer;
  recording.events.length = 0;
  live.changes += 1;
  const rule = encodeChange(writer, change, publishTime, live.changes);
  if (rule !== null) return rule;
  applyUpdate(book, recording, 0);
  // Of a market that is suspended again and again only the last definition is ever looked at.
  if (recording.definitions.length > 1) {
    recording.definitions.splice(0, recording.definitions.length - 1);
    recording.places.splice(0, recording.places.length - 1);
  }
  return null;
}

const DEPTH = 3;

/** The book as a venue shows it; null before the first definition. `pricedAt` and `unreliable` are the feed's to say. */
export function venueBook({ book }: LiveBook, pricedAt: number, unreliable: boolean): VenueBook | null {
  const { definition } = book;
  if (definition === null) return null;
  return {
    marketId: book.marketId,
    status: definition.status,
    inPlay: definition.inPlay,
    version: definition.version,
    betDelaySeconds: definition.betDelay,
    pricedAt,
    ladder: definition.ladderType,
    marketBaseRate: definition.baseRate,
    unreliable,
    runners: book.runners.map((runner) => venueRunner(runner, definition.ladderType)),
  };
}

function venueRunner(runner: RunnerBook, ladder: LadderType): VenueRunner {
  const { levels } = runner;
  return {
    selectionId: runner.selectionId,
    handicap: runner.handicap,
    status: statusOf(runner),
    toBack: offers(runner.back, levels?.[2] ?? levels?.[0] ?? null, ladder),
    toLay: offers(runner.lay, levels?.[3] ?? levels?.[1] ?? null, ladder),
    lastTick: tickOn(runner.lastTick, ladder),
  };
}

function statusOf({ defined }: RunnerBook): RunnerStatus {
  const status = defined?.status ?? "HIDDEN";
  return status === "REMOVED_VACANT" ? "REMOVED" : status;
}

/** The best offers: of displayed levels where the feed has them, else of the whole ladder. */
function offers(whole: Levels | null, levels: LevelLadder | null, ladder: LadderType): PriceSize[] {
  const pairs: [number, Minor][] = [];
  if (levels !== null) for (let i = 0; i < DEPTH; i++) pairs.push([levels.ticks[i], levels.sizes[i]]);
  else if (whole !== null)
    for (const tick of ticksOf(whole)) if (pairs.push([tick, sizeAt(whole, tick)]) === DEPTH) break;
  return pairs.flatMap(([fine, sizeMinor]) => {
    const tick = tickOn(fine, ladder);
    return tick === null || sizeMinor === 0 ? [] : [{ tick, sizeMinor }];
  });
}

/** Books count on FINEST, orders on the market's own ladder. Null where there is no price, or none that can be bet at. */
function tickOn(fine: number, ladder: LadderType): number | null {
  if (fine < 0 || ladder === "LINE_RANGE") return null;
  const tick = ladder === "FINEST" ? fine : CLASSIC.tick(FINEST.price(fine));
  return tick < 0 ? null : tick;
}
