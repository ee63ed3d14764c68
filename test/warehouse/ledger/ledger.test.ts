import { readFileSync, statSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../src/core/rng.js";
import { openLedger } from "../../../src/warehouse/ledger/open.js";
import type { Ledger, LedgerMode } from "../../../src/warehouse/ledger/port.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();
const clock = { now: () => 1_735_992_000_000 };
const open = (path: string, mode: LedgerMode = "paper"): Ledger => openLedger(path, { mode, clock });

/** A ledger of `bets` intents with an event each, in the file alone: nothing waits in its -wal. */
function written(name: string, bets: number): string {
  const path = scratch(name);
  const ledger = open(path);
  for (let i = 0; i < bets; i++) {
    ledger.intend({ at: i, kind: "intent", key: `k${i}`, body: JSON.stringify({ sizeMinor: 100 + i }) });
    ledger.append([{ at: i, kind: "sending", key: `k${i}`, body: "{}" }]);
  }
  ledger.close();
  return path;
}

describe("the ledger", () => {
  it("takes a key once, now and after a restart", () => {
    const path = scratch("once.db");
    const first = open(path);
    const entry = { at: 1, kind: "intent", key: "k", body: "{}" };
    expect([first.intend(entry), first.intend(entry)]).toEqual([true, false]);
    first.close();
    const second = open(path);
    expect(second.intend(entry)).toBe(false);
    expect([...second.entries()].map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(["1 opened", "2 intent"]);
    second.close();
  });

  it("is private and waits for the disk", () => {
    const path = written("private.db", 1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const ledger = open(path);
    expect(ledger.verify().kind).toBe("sound");
    ledger.close();
  });

  it("refuses an event of a bet that was never intended, and writes nothing of its company", () => {
    const ledger = open(scratch("stray.db"));
    ledger.intend({ at: 1, kind: "intent", key: "k", body: "{}" });
    const before = ledger.head();
    const stray = [
      { at: 2, kind: "sending", key: "k", body: "{}" },
      { at: 2, kind: "sending", key: "nobody", body: "{}" },
    ];
    expect(() => ledger.append(stray)).toThrow("no intent of key nobody");
    expect(ledger.head()).toEqual(before);
    ledger.close();
  });

  it("belongs to one mode for ever", () => {
    const path = written("mode.db", 1);
    expect(() => open(path, "live")).toThrow(`the ledger is paper's, not live's: ${path}`);
    expect(() => openLedger(scratch("none.db"), { mode: "live", clock, access: "read" })).toThrow(
      "no ledger at",
    );
  });

  it("cannot be changed through SQL", () => {
    const database = new Database(written("triggers.db", 2));
    expect(() => database.exec("UPDATE entry SET body = '{}'")).toThrow("append-only");
    expect(() => database.exec("DELETE FROM entry WHERE seq = 3")).toThrow("append-only");
    database.close();
  });

  it("misses entries that were cut off at the end", () => {
    const path = written("cut.db", 3);
    const database = new Database(path);
    database.exec("DROP TRIGGER entry_never_goes; DELETE FROM entry WHERE seq = 7");
    database.exec(
      "CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry\nBEGIN SELECT raise(ABORT, 'the ledger is append-only'); END",
    );
    database.close();
    const ledger = open(path);
    expect(ledger.verify()).toMatchObject({ kind: "damaged", place: "entry 7" });
    ledger.close();
  });

  it("finds every byte that is flipped in what it says", () => {
    const path = written("flips.db", 60);
    const bytes = readFileSync(path);
    const rng = createRng(42);
    let [tried, found, silent] = [0, 0, 0];
    for (let n = 0; n < 25; n++) {
      const at = Math.floor(rng() * bytes.length);
      const copy = Buffer.from(bytes);
      copy[at] ^= 1 << Math.floor(rng() * 8);
      const flipped = scratch(`flipped-${n}.db`);
      writeFileSync(flipped, copy);
      tried++;
      const verdict = verdictOf(flipped);
      if (verdict !== "sound") found++;
      // Bytes that say nothing may be flipped unseen: what is read must then be what was written.
      else if (contentOf(flipped) === contentOf(path)) silent++;
    }
    expect(found + silent).toBe(tried);
    expect(found).toBeGreaterThan(4);
  });

  it("goes on where another process appends", async () => {
    const path = scratch("two.db");
    const [a, b] = [open(path), open(path)];
    a.intend({ at: 1, kind: "intent", key: "a", body: "{}" });
    b.intend({ at: 1, kind: "intent", key: "b", body: "{}" });
    a.append([{ at: 2, kind: "sending", key: "b", body: "{}" }]);
    expect(b.verify()).toMatchObject({ kind: "sound", head: { seq: 4 } });
    expect(b.latest(["opened"])?.seq).toBe(1);
    a.close();
    b.close();
  });
});

function verdictOf(path: string): string {
  let ledger: Ledger | null = null;
  try {
    ledger = open(path);
    return ledger.verify().kind;
  } catch (error) {
    return error instanceof Error ? error.name : "thrown";
  } finally {
    ledger?.close();
  }
}

function contentOf(path: string): string {
  const ledger = open(path);
  const content = JSON.stringify([...ledger.entries()]);
  ledger.close();
  return content;
}
