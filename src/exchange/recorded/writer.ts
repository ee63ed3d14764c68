import { FINEST, type Ladder } from "../../domain/ladder.js";
import { MAX_RUNNERS } from "./event.js";
import { createRecording, type MarketRecording } from "./recording.js";

/** A recording that is being written, and what is needed to write on. */
export interface MarketWriter {
  readonly recording: MarketRecording;
  /** Runner index by selection and handicap, see `runnerCode`. */
  readonly index: Map<number, number>;
  ladder: Ladder;
  /** Publish time of the last change. */
  publishTime: number;
  /** Where the last refused change was at fault; empty when its rule says it all. */
  detail: string;
  /** Number of the line that wrote last: a line is one update, however many changes of the market it holds. */
  line: number;
}

export function createWriter(marketId: string): MarketWriter {
  return {
    recording: createRecording(marketId),
    index: new Map(),
    ladder: FINEST,
    publishTime: Number.NEGATIVE_INFINITY,
    detail: "",
    line: -1,
  };
}

/** A runner's index, given one when it is new; -1 for an impossible id or handicap, or too many runners. */
export function runnerIndex(writer: MarketWriter, selectionId: unknown, handicap: unknown): number {
  if (typeof selectionId !== "number" || typeof handicap !== "number") return -1;
  const code = runnerCode(selectionId, handicap);
  const known = writer.index.get(code);
  if (known !== undefined) return known;
  const { runners } = writer.recording;
  const eighths = handicap * 8;
  const possible =
    Number.isSafeInteger(selectionId) &&
    selectionId >= 0 &&
    selectionId < 2 ** 40 &&
    Number.isInteger(eighths) &&
    Math.abs(eighths) < 2048;
  if (!possible || runners.length >= MAX_RUNNERS) return -1;
  writer.index.set(code, runners.length);
  return runners.push({ selectionId, handicap }) - 1;
}

/** One number for both: the id itself without a handicap, else below zero; handicaps are eighths below 256. */
function runnerCode(selectionId: number, handicap: number): number {
  return handicap === 0 ? selectionId : -(selectionId * 4096 + handicap * 8 + 2048);
}

/** Take back the runners from `count` on: of a change that was refused. */
export function forgetRunners(writer: MarketWriter, count: number): void {
  const { runners } = writer.recording;
  while (runners.length > count) {
    const runner = runners.pop();
    if (runner !== undefined) writer.index.delete(runnerCode(runner.selectionId, runner.handicap));
  }
}
