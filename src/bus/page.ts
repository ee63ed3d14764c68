import type { EventStore, StoredEvent } from "../warehouse/port.js";
import { type Envelope, envelopeOf } from "./envelope.js";

/** Event ids of a page: a page is a file of an export, the same for the same ids whenever it is written. */
export const PAGE_EVENTS = 1000;
const BATCH = 200;

/** The page that holds an event, counted from 0. */
export function pageOf(id: number): number {
  return Math.floor((id - 1) / PAGE_EVENTS);
}

/** "events-00000.jsonl" for the first page. */
export function pageName(page: number): string {
  return `events-${String(page).padStart(5, "0")}.jsonl`;
}

/** Everything in a page as of now, oldest first. */
export async function readPage(
  store: EventStore,
  page: number,
  query: { readonly types?: readonly string[] | undefined; readonly leagues?: readonly string[] | undefined },
): Promise<readonly Envelope[]> {
  const end = (page + 1) * PAGE_EVENTS;
  const found: StoredEvent[] = [];
  for (let after = page * PAGE_EVENTS; after < end; ) {
    const events = await store.events({ ...query, after, limit: BATCH });
    found.push(...events.filter(({ id }) => id <= end));
    after = events.length < BATCH ? end : (events.at(-1)?.id ?? end);
  }
  return found.map(envelopeOf);
}
