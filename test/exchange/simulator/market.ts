import { createMcmReader, readLine, recordingsOf } from "../../../src/exchange/recorded/mcm.js";
import type { MarketRecording } from "../../../src/exchange/recorded/recording.js";
import type { LimitRequest } from "../../../src/exchange/simulator/order.js";

/** Publish time of the first update of a scripted market, and of the market time an hour later. */
export const START = 1_704_116_400_000;

export interface Update {
  readonly at: number;
  readonly definition?: object;
  readonly rc?: readonly object[];
  readonly img?: boolean;
}

const DEFINITION = {
  eventTypeId: "1",
  eventId: "30000001",
  marketType: "WIN",
  bettingType: "ODDS",
  status: "OPEN",
  inPlay: false,
  turnInPlayEnabled: true,
  persistenceEnabled: true,
  bspMarket: true,
  bspReconciled: false,
  betDelay: 0,
  numberOfWinners: 1,
  marketBaseRate: 5,
  version: 1,
  marketTime: "2024-01-01T14:40:00.000Z",
};

export const runners = (...changes: object[]) =>
  [1, 2, 3].map((id, i) => ({ id, status: "ACTIVE", sortPriority: id, adjustmentFactor: 30, ...changes[i] }));

/** A market of three runners, its updates at milliseconds after START. The first opens it. */
export function scripted(...updates: Update[]): MarketRecording {
  const reader = createMcmReader();
  for (const { at, definition, rc, img } of [{ at: 0, definition: {} }, ...updates]) {
    const marketDefinition = definition && { ...DEFINITION, runners: runners(), ...definition };
    const change = { id: "1.1", img, marketDefinition, rc };
    readLine(reader, JSON.stringify({ op: "mcm", pt: START + at, mc: [change] }));
  }
  if (reader.refusals.length > 0) throw new Error(JSON.stringify(reader.refusals));
  return recordingsOf(reader)[0];
}

export const closing = (at: number, ...statuses: object[]): Update => ({
  at,
  definition: { status: "CLOSED", version: 99, bspReconciled: true, runners: runners(...statuses) },
});

/** A back of GBP 10 at 3 on the first runner, with what differs. */
export const limit = (change: Partial<LimitRequest> = {}): LimitRequest => ({
  type: "LIMIT",
  selectionId: 1,
  handicap: 0,
  side: "BACK",
  price: 3,
  sizeMinor: 1000,
  persistence: "LAPSE",
  ...change,
});
