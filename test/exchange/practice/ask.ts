import { audit, type LedgerBet } from "../../../src/exchange/practice/audit.js";
import { readJournal } from "../../../src/exchange/practice/journal.js";
import { stateFolder } from "../../../src/exchange/practice/state-folder.js";
import type { PlaceRequest, Venue, VenueAnswer, VenueBook } from "../../../src/exchange/venue.js";
import { NOON, type Opened } from "./open.js";

export function value<T>(answer: VenueAnswer<T>): T {
  if (answer.kind !== "ok") throw new Error(JSON.stringify(answer));
  return answer.value;
}

export async function firstBook(venue: Venue): Promise<VenueBook> {
  const markets = value(
    await venue.catalogue({ marketTypes: ["MATCH_ODDS"], from: NOON, to: NOON + 86_400_000 }),
  );
  return value(await venue.books([markets[0].marketId]))[0];
}

export function request(book: VenueBook, ref: string, told: Partial<PlaceRequest> = {}): PlaceRequest {
  const { selectionId, toBack } = book.runners[0];
  const order = {
    orderRef: ref,
    selectionId,
    handicap: 0,
    side: "back",
    tick: toBack[0].tick,
    sizeMinor: 200,
    persistence: "lapse",
    fillOrKill: false,
  } as const;
  return {
    marketId: book.marketId,
    ladder: book.ladder,
    customerRef: `c-${ref}`,
    strategyRef: "test",
    marketVersion: book.version,
    orders: [order],
    ...told,
  };
}

export const judged = ({ folder, clock }: Opened, bets: readonly LedgerBet[]) =>
  audit(readJournal(stateFolder(folder).journal), bets, clock.now());
