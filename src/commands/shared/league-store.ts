import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { App } from "../../app.js";
import type { PreparedLeague } from "../../backtest/prepared.js";
import { preparationKey } from "../../backtest/prepared.js";
import { isStatisticoError } from "../../core/errors.js";
import { compareText } from "../../domain/fixture.js";
import { writeWhole } from "../../files/write-whole.js";
import { sha256Of } from "../../ingest/archive.js";
import type { Strategy } from "../../strategy/strategy.js";
import type { LeagueSummary, Warehouse } from "../../warehouse/port.js";

/** Prepared leagues of earlier runs, in a folder beside the database. It may be deleted at any time. */
export interface LeagueStore {
  /** Stands for the program and the content of the database; null for a store that keeps nothing. */
  readonly scope: string | null;
  /** Null where there is none for this program, this content of the database and this preparation. */
  read(strategy: Strategy, league: string): PreparedLeague | null;
  /** A store that cannot be written is no store: nothing is lost but time. */
  write(strategy: Strategy, league: PreparedLeague): void;
}

const NO_STORE: LeagueStore = { scope: null, read: () => null, write: () => {} };

/** Older files than this many bytes of newer ones are deleted. */
const MOST_BYTES = 1_000_000_000;

/** Where prepared leagues and unfinished sweeps of a database are kept. */
export function cacheFolder(app: App): string {
  return `${app.databasePath}.cache`;
}

/**
 * Open the store of a database.
 *
 * A key is made of the program's own bundle, of every file and alias the database was made from, of what the leagues
 * hold, and of all that a preparation depends on. From source there is no bundle to tell one program from another, and
 * so no store; `fresh` neither reads nor writes.
 */
export async function openLeagueStore(
  app: App,
  warehouse: Warehouse,
  summaries: readonly LeagueSummary[],
  fresh: boolean,
): Promise<LeagueStore> {
  const program = programMark(app.version);
  if (fresh || program === null) return NO_STORE;
  const scope = sha256Of(JSON.stringify([program, await contentMark(warehouse, summaries)]));
  const folder = cacheFolder(app);
  const pathOf = (strategy: Strategy, league: string): string =>
    join(
      folder,
      `${sha256Of(JSON.stringify([scope, league, preparationKey(strategy)])).slice(0, 32)}.league`,
    );
  return {
    scope,
    read: (strategy, league) => readLeague(pathOf(strategy, league), league),
    write(strategy, league) {
      try {
        prune(folder);
        writeWhole(pathOf(strategy, league.league), sealed(serialize(league)), 0o600);
      } catch (error) {
        if (!isStatisticoError(error)) throw error;
      }
    },
  };
}

/** The names of the bundle's chunks, which carry the hashes of their contents; null when running from source. */
export function programMark(version: string): string | null {
  try {
    const chunks = readdirSync(fileURLToPath(new URL("../chunks", import.meta.url))).sort(compareText);
    return sha256Of(JSON.stringify([version, process.version, chunks]));
  } catch {
    return null;
  }
}

/** What the database was made from, and what it holds: cheap to read, and different for different content. */
export async function contentMark(
  warehouse: Warehouse,
  summaries: readonly LeagueSummary[],
): Promise<string> {
  const files = (await warehouse.rawFiles()).map(({ sha256, reading, receivedAt }) => [
    sha256,
    reading,
    receivedAt,
  ]);
  return sha256Of(JSON.stringify([files, await warehouse.aliases(), summaries]));
}

const DIGEST_BYTES = 64;

/** The digest of the body before the body: a torn or rotten file is found out. */
export function sealed(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(sha256Of(body), "latin1"), body]);
}

/** What was sealed; null when it is not whole. */
export function unsealed(bytes: Buffer): Buffer | null {
  const body = bytes.subarray(DIGEST_BYTES);
  return bytes.toString("latin1", 0, DIGEST_BYTES) === sha256Of(body) ? body : null;
}

function readLeague(path: string, league: string): PreparedLeague | null {
  try {
    const body = unsealed(readFileSync(path));
    const found: PreparedLeague | null = body && deserialize(body);
    return found?.league === league ? found : null;
  } catch {
    return null;
  }
}

function prune(folder: string): void {
  const files = leagueFiles(folder).sort((a, b) => b.mtimeMs - a.mtimeMs || compareText(a.path, b.path));
  let bytes = 0;
  for (const { path, size } of files) {
    bytes += size;
    if (bytes > MOST_BYTES) rmSync(path, { force: true });
  }
}

function leagueFiles(folder: string): { path: string; size: number; mtimeMs: number }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".league"))
      .map((name) => ({ path: join(folder, name), ...sizeOf(join(folder, name)) }));
  } catch {
    return [];
  }
}

function sizeOf(path: string): { size: number; mtimeMs: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, mtimeMs };
}
