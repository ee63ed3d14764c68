import { expect, it } from "vitest";
import { NOON, openPractice } from "./open.js";

it("opens, lists and places", async () => {
  const { venue } = await openPractice();
  console.log(await venue.open(), await venue.funds());
  const catalogue = await venue.catalogue({ marketTypes: ["MATCH_ODDS"], from: NOON, to: NOON + 86_400_000 });
  if (catalogue.kind !== "ok") throw new Error(JSON.stringify(catalogue));
  console.log(JSON.stringify(catalogue.value[0]));
  const books = await venue.books(catalogue.value.map(({ marketId }) => marketId));
  if (books.kind !== "ok") throw new Error(JSON.stringify(books));
  const book = books.value[0];
  console.log(JSON.stringify(book));
  const placed = await venue.place({ marketId: book.marketId, ladder: book.ladder, customerRef: "c1", strategyRef: "s", marketVersion: book.version, orders: [{ orderRef: "o1", selectionId: book.runners[0].selectionId, handicap: 0, side: "back", tick: book.runners[0].toBack[0].tick, sizeMinor: 1000, persistence: "lapse", fillOrKill: false }] });
  console.log(placed, await venue.currentOrders({}), await venue.funds(), await venue.heartbeat(0));
  expect(1).toBe(1);
});
