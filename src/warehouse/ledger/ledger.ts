import type Database from "better-sqlite3";
import { invariant } from "../../core/assert.js";
import { operatorsProblem } from "../sqlite/fault.js";
import { entryHash } from "./chain.js";
import type { Ledger, LedgerEntry, LedgerHead, LedgerMode, NewEntry, Verification } from "./port.js";
import { verifyLedger } from "./verify.js";

const COLUMNS = "seq, at, kind, key, body";

/** The ledger on an open database. Every write takes the lock first and reads the head in it: others may append, too. */
export class SqliteLedger implements Ledger {
  readonly #database: Database.Database;
  readonly #known: Database.Statement<[string], number>;
  readonly #insert: Database.Statement<[number, number, string, string | null, string, string]>;
  readonly #setHead: Database.Statement<[number, string]>;
  readonly #readHead: Database.Statement<[], LedgerHead>;

  constructor(
    database: Database.Database,
    readonly path: string,
    readonly mode: LedgerMode,
  ) {
    this.#database = database;
    this.#known = database
      .prepare<[string], number>("SELECT 1 FROM entry WHERE key = ? AND kind = 'intent'")
      .pluck();
    this.#insert = database.prepare(
      "INSERT INTO entry (seq, at, kind, key, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#setHead = database.prepare("UPDATE head SET seq = ?, hash = ?");
    this.#readHead = database.prepare("SELECT seq, hash FROM head");
  }

  intend(entry: NewEntry & { readonly key: string }): boolean {
    return this.#write(() => {
      if (this.#known.get(entry.key) !== undefined) return false;
      this.#add([{ ...entry, kind: "intent" }]);
      return true;
    });
  }

  append(entries: readonly NewEntry[]): void {
    this.#write(() => {
      for (const { key, kind } of entries) {
        invariant(kind !== "intent", "an intent is written by intend()");
        invariant(key === null || this.#known.get(key) !== undefined, `no intent of key ${key}`);
      }
      this.#add(entries);
    });
  }

  *entries(after = 0): IterableIterator<LedgerEntry> {
    yield* this.#read(() =>
      this.#database
        .prepare<[number], LedgerEntry>(`SELECT ${COLUMNS} FROM entry WHERE seq > ? ORDER BY seq`)
        .all(after),
    );
  }

  latest(kinds: readonly string[]): LedgerEntry | null {
    const marks = kinds.map(() => "?").join(", ");
    const sql = `SELECT ${COLUMNS} FROM entry WHERE key IS NULL AND kind IN (${marks}) ORDER BY seq DESC LIMIT 1`;
    return this.#read(() => this.#database.prepare<string[], LedgerEntry>(sql).get(...kinds) ?? null);
  }

  head(): LedgerHead {
    return this.#read(() => this.#headRow());
  }

  verify(): Verification {
    return verifyLedger(this.#database, this.mode);
  }

  close(): void {
    this.#database.close();
  }

  #headRow(): LedgerHead {
    const head = this.#readHead.get();
    invariant(head !== undefined, "a ledger has a head");
    return head;
  }

  #add(entries: readonly NewEntry[]): void {
    let { seq, hash } = this.#headRow();
    for (const { at, kind, key, body } of entries) {
      seq += 1;
      hash = entryHash(hash, { seq, at, kind, key, body });
      this.#insert.run(seq, at, kind, key, body, hash);
    }
    this.#setHead.run(seq, hash);
  }

  #write<T>(work: () => T): T {
    return this.#read(() => this.#database.transaction(work).immediate());
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw operatorsProblem(error, this.path);
    }
  }
}
