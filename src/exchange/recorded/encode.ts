import { FINEST, type Ladder } from "../../domain/ladder.js";
import { bookLadder } from "./definition.js";
import { encodeRunner, encodeVolume } from "./encode-runner.js";
import { OP, pushDouble, pushEvent } from "./event.js";
import { readDefinition } from "./read-definition.js";
import type { Rule } from "./rule.js";
import { forgetRunners, type MarketWriter, runnerIndex } from "./writer.js";

/** One market change as JSON gives it: nothing is known of the fields but their names. */
export interface ChangeJson {
  readonly id?: unknown;
  readonly img?: unknown;
  readonly tv?: unknown;
  readonly marketDefinition?: unknown;
  readonly rc?: unknown;
}

/**
 * Write one change as events; null when all of it could be used.
 *
 * Otherwise nothing is written and the rule says why: a book with half a change in it would be worse than an old one.
 */
export function encodeChange(
  writer: MarketWriter,
  change: ChangeJson,
  publishTime: number,
  line: number,
): Rule | null {
  writer.detail = "";
  if (publishTime < writer.publishTime) return "clock-backwards";
  const { recording } = writer;
  const { events, definitions } = recording;
  const slots = events.length;
  const defined = definitions.length;
  const runners = recording.runners.length;
  if (writer.line !== line) {
    pushEvent(events, OP.update, 0, 0, 0);
    pushDouble(events, publishTime);
  }
  const rule = encodeParts(writer, change);
  if (rule === null) {
    writer.publishTime = publishTime;
    writer.line = line;
    return null;
  }
  events.length = slots;
  definitions.length = defined;
  recording.places.length = defined;
  forgetRunners(writer, runners);
  if (defined === 0) writer.ladder = FINEST;
  return rule;
}

function encodeParts(writer: MarketWriter, { img, tv, marketDefinition, rc }: ChangeJson): Rule | null {
  const { events } = writer.recording;
  if (img === true) pushEvent(events, OP.clear, 0, 0, 0);
  if (marketDefinition !== undefined && marketDefinition !== null) {
    const rule = encodeDefinition(writer, marketDefinition);
    if (rule !== null) return rule;
  }
  if (tv !== undefined && tv !== null) {
    const rule = encodeVolume(events, OP.marketVolume, 0, tv);
    if (rule !== null) return rule;
  }
  if (rc === undefined || rc === null) return null;
  if (!Array.isArray(rc)) return "bad-shape";
  for (let i = 0; i < rc.length; i++) {
    const rule = encodeRunner(writer, rc[i]);
    if (rule !== null) return rule;
  }
  return null;
}

function encodeDefinition(writer: MarketWriter, json: unknown): Rule | null {
  const { recording } = writer;
  const read = readDefinition(json);
  if (read.kind === "unusable") {
    writer.detail = read.field;
    return "bad-definition";
  }
  const { definition } = read;
  const before = recording.definitions.at(-1);
  if (before !== undefined && definition.version < before.version) return "older-version";
  const ladder = bookLadder(definition);
  if (before !== undefined && !sameLadder(ladder, writer.ladder)) return "ladder-changed";
  if (before === undefined && ladder !== FINEST && recording.runners.length > 0) return "ladder-changed";
  writer.ladder = ladder;
  const places = definition.runners.map(({ selectionId, handicap }) =>
    runnerIndex(writer, selectionId, handicap),
  );
  if (places.some((place) => place < 0)) return "bad-runner";
  pushEvent(recording.events, OP.definition, 0, 0, recording.definitions.length);
  recording.definitions.push(definition);
  recording.places.push(Uint16Array.from(places));
  return null;
}

function sameLadder(a: Ladder, b: Ladder): boolean {
  return (
    a.type === b.type &&
    a.ticks === b.ticks &&
    a.price(0) === b.price(0) &&
    a.price(a.ticks - 1) === b.price(b.ticks - 1)
  );
}
