import type { MarketDefinition } from "./definition.js";
import { createEventLog, type EventLog } from "./event.js";

/** A runner is its selection and its handicap: 66 runners of a handicap market are two teams. */
export interface RunnerKey {
  readonly selectionId: number;
  readonly handicap: number;
}

/** One market's history: definitions by index and everything else as events. Grows while its file is read. */
export interface MarketRecording {
  readonly marketId: string;
  /** In the order of their first appearance; events name runners by their index here. */
  readonly runners: RunnerKey[];
  readonly definitions: MarketDefinition[];
  /** For each definition, the index in `runners` of each of its runners. */
  readonly places: Uint16Array[];
  readonly events: EventLog;
}

export function createRecording(marketId: string): MarketRecording {
  return { marketId, runners: [], definitions: [], places: [], events: createEventLog() };
}
