import type { EventStore } from "../warehouse/port.js";
import { type Envelope, envelopeOf } from "./envelope.js";

/** Events read at once. */
const BATCH = 200;

export interface ConsumeOptions {
  /** Whose cursor it is. */
  readonly name: string;
  readonly types?: readonly string[] | undefined;
  readonly leagues?: readonly string[] | undefined;
  /**
   * Called with some events in order; when it returns they count as handled, when it throws none of them does. It may
   * see an event again after a crash: `dedupeKey` tells that it is the same.
   */
  readonly handle: (events: readonly Envelope[]) => Promise<void> | void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Hand a consumer everything since its cursor, and move the cursor after each batch it has handled: at least once,
 * never past what was not handled. A new consumer starts at the first event. How many events it was.
 */
export async function consume(store: EventStore, options: ConsumeOptions): Promise<number> {
  const { name, types, leagues, handle, signal } = options;
  let cursor = (await store.consumer(name))?.cursor ?? 0;
  let handled = 0;
  while (!signal?.aborted) {
    const events = await store.events({ after: cursor, limit: BATCH, types, leagues });
    const last = events.at(-1);
    if (!last) break;
    await handle(events.map(envelopeOf));
    await store.commitCursor(name, last.id);
    cursor = last.id;
    handled += events.length;
  }
  return handled;
}
