import { describe, expect, it } from "vitest";
import { type Audit, audit, type LedgerBet } from "../../../src/exchange/practice/audit.js";
import type { JournalEntry } from "../../../src/exchange/practice/journal.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import { MINUTE } from "../../../src/exchange/practice/match-script.js";
import type { PlaceOperation } from "../../../src/exchange/practice/operation.js";
import { replay } from "../../../src/exchange/practice/replay.js";
import { NOON } from "./open.js";

const HOME = 5_000_000;
const OPENED: JournalEntry = {
  kind: "opened",
  version: 1,
  options: { seed: 7, startsAt: NOON, fixtures: madeUpFixtures(1, NOON), balanceMinor: 1_000_000 },
};

function placing(at: number, ref: string, told: Partial<PlaceOperation> = {}): PlaceOperation {
  return {
    kind: "place",
    at,
    marketId: "1.200000000",
    customerRef: `c-${ref}-${at}`,
    strategyRef: "s",
    version: null,
    hiddenMs: 0,
    seen: { at: at - 1000, status: "OPEN" },
    instructions: [
      {
        orderType: "LIMIT",
        selectionId: HOME,
        side: "BACK",
        customerOrderRef: ref,
        limitOrder: { size: 2, price: 1.01, persistenceType: "LAPSE" },
      },
    ],
    ...told,
  };
}

const JOURNAL = [OPENED, placing(NOON + 1000, "a"), placing(NOON + 2000, "b")];
const KNOWN: LedgerBet = {
  orderRef: "a",
  marketId: "1.200000000",
  selectionId: HOME,
  side: "back",
  price: 1.01,
  sizeMinor: 200,
  betId: "300000000001",
  open: true,
  profitMinor: null,
  commissionMinor: null,
};
const LEDGER = [KNOWN, { ...KNOWN, orderRef: "b", betId: "300000000002" }];

const judged = (
  ledger: readonly LedgerBet[],
  entries: readonly JournalEntry[] = JOURNAL,
  minutes = 1,
): Audit => audit(entries, ledger, NOON + minutes * MINUTE);
const but = (told: Partial<LedgerBet>): LedgerBet[] => [{ ...KNOWN, ...told }, LEDGER[1]];

describe("the judge", () => {
  it("has nothing to say against a ledger that agrees", () => {
    expect(judged(LEDGER)).toMatchObject({ intents: 2, placed: 2, expired: 0, unresolved: 0, violations: 0 });
  });

  const sins: [string, readonly LedgerBet[], readonly JournalEntry[], Partial<Audit>][] = [
    [
      "a bet that was given up and stands",
      but({ betId: null, open: false }),
      JOURNAL,
      { lost: 1, expired: 1 },
    ],
    ["a bet known under another's number", but({ betId: "300000000002" }), JOURNAL, { lost: 1 }],
    ["a bet placed twice", LEDGER, [...JOURNAL, placing(NOON + 3000, "b")], { dup: 1, lost: 1 }],
    ["a bet nobody intended", [KNOWN], JOURNAL, { orphan: 1 }],
    ["a bet that never was", [...LEDGER, { ...KNOWN, orderRef: "z", betId: "9" }], JOURNAL, { phantom: 1 }],
    ["another side", but({ side: "lay" }), JOURNAL, { wrong: 1 }],
    ["another price", but({ price: 1.02 }), JOURNAL, { wrong: 1 }],
    ["another stake", but({ sizeMinor: 201 }), JOURNAL, { wrong: 1 }],
    ["another runner", but({ selectionId: 58805 }), JOURNAL, { wrong: 1 }],
  ];
  it.each(sins)("sees %s", (_, ledger, entries, found) => {
    const verdict = judged(ledger, entries);
    expect(verdict).toMatchObject(found);
    expect(verdict.violations).toBeGreaterThan(0);
  });

  it("sees bets on prices that were old, unseen or of a market shown suspended", () => {
    const at = NOON + 40_000;
    const entries = (seen: PlaceOperation["seen"]) => [OPENED, placing(at, "a", { seen })];
    expect(judged([KNOWN], entries({ at: at - 30_000, status: "OPEN" })).violations).toBe(0);
    expect(judged([KNOWN], entries({ at: at - 30_001, status: "OPEN" }))).toMatchObject({
      betsOnStale: 1,
      violations: 1,
    });
    expect(judged([KNOWN], entries(null))).toMatchObject({ betsOnStale: 1, violations: 1 });
    expect(judged([KNOWN], entries({ at, status: "SUSPENDED" }))).toMatchObject({
      betsOnSuspended: 1,
      violations: 1,
    });
  });

  it("counts a sixth login within ten minutes, and not one that comes later", () => {
    const logins = (gapMs: number) =>
      Array.from({ length: 6 }, (_, i) => ({ kind: "login", at: NOON + i * gapMs, granted: true }) as const);
    expect(judged(LEDGER, [...JOURNAL, ...logins(1000)])).toMatchObject({ logins: 6, violations: 1 });
    expect(judged(LEDGER, [...JOURNAL, ...logins(2 * MINUTE)])).toMatchObject({ logins: 5, violations: 0 });
  });

  it("waits for a bet of which the ledger does not know yet", () => {
    expect(judged(but({ betId: null }))).toMatchObject({ unresolved: 1, lost: 0, violations: 0 });
  });

  it("holds money to the penny, profit by bet and commission by market", () => {
    const minutes = 4 * 60;
    const exchange = replay(JOURNAL, NOON + minutes * MINUTE);
    const { commissionMinor } = exchange.settled.get(KNOWN.marketId) ?? { commissionMinor: 0 };
    const profits = [...exchange.bets.values()].map(({ profitMinor }) => profitMinor);
    expect(profits.every((profit) => profit !== 0)).toBe(true);
    const settled = LEDGER.map((bet, i) => ({
      ...bet,
      open: false,
      profitMinor: profits[i],
      commissionMinor: i === 0 ? commissionMinor : 0,
    }));
    expect(judged(settled, JOURNAL, minutes)).toMatchObject({ pnlDiff: 0, unsettled: 0, violations: 0 });
    expect(judged(LEDGER, JOURNAL, minutes)).toMatchObject({ pnlDiff: 0, unsettled: 2, violations: 0 });
    const off = [
      { ...settled[0], profitMinor: profits[0] + 1, commissionMinor: commissionMinor + 2 },
      settled[1],
    ];
    expect(judged(off, JOURNAL, minutes)).toMatchObject({ pnlDiff: 0.03, violations: 3 });
  });
});
