import type { Clock } from "../core/clock.js";
import { isStatisticoError, StatisticoError } from "../core/errors.js";
import type { Season } from "../domain/season.js";
import type { FileOutcome, RawFile, TeamAlias, Warehouse, Warning } from "../warehouse/port.js";
import { type Archive, sha256Of } from "./archive.js";
import type { Input } from "./inputs.js";
import { FOOTBALL_DATA, type Reader, type ReadFile, readerOfFile, refusalError } from "./readers.js";

export { SOURCE } from "./readers.js";

/** Which part of a file is wanted; everything when a list is left out. */
export interface Selection {
  readonly leagues?: readonly string[] | undefined;
  readonly seasons?: readonly Season[] | undefined;
  /** The league of a file that does not say it. */
  readonly as?: string | undefined;
  /** Names that no club bears become clubs: see `IngestedFile.newClubs`. */
  readonly newClubs?: boolean | undefined;
}

export interface IngestContext {
  readonly warehouse: Warehouse;
  readonly archive: Archive;
  readonly aliases: readonly TeamAlias[];
  readonly clock: Clock;
  /** How the files are read: football-data.co.uk's way without it. */
  readonly reader?: Reader | undefined;
  /** Called before each file. */
  readonly onFile?: (path: string, done: number) => void;
  /** Stop waiting for the file at hand, or after writing it: what is ingested stays, the run can be repeated. */
  readonly signal?: AbortSignal;
}

export interface IngestedFileReport extends FileOutcome {
  readonly path: string;
  readonly sha256: string;
}

/** A file that gave nothing at all, and why. */
export interface RefusedFile {
  readonly path: string;
  readonly error: StatisticoError;
}

export interface IngestReport {
  readonly files: readonly IngestedFileReport[];
  readonly refused: readonly RefusedFile[];
  /** Files without a row of the leagues and seasons asked for. */
  readonly skipped: number;
  readonly interrupted: boolean;
}

type Taken =
  | { readonly kind: "ingested"; readonly report: IngestedFileReport }
  | { readonly kind: "skipped" };
const SKIPPED: Taken = { kind: "skipped" };

/**
 * Take files in, one transaction a file: archive, parse, write. One bad file is reported and never stops the rest.
 */
export async function ingestFiles(
  inputs: Iterable<Input>,
  wanted: Selection,
  context: IngestContext,
): Promise<IngestReport> {
  const files: IngestedFileReport[] = [];
  const refused: RefusedFile[] = [];
  let skipped = 0;
  let done = 0;
  for (const input of inputs) {
    if (context.signal?.aborted) return { files, refused, skipped, interrupted: true };
    context.onFile?.(input.path, done++);
    await breath();
    try {
      const taken = await ingestOne(input.path, await input.read(context.signal), wanted, context);
      if (taken.kind === "skipped") skipped += 1;
      else {
        files.push(taken.report);
        input.kept?.(taken.report.sha256);
      }
    } catch (error) {
      if (context.signal?.aborted) return { files, refused, skipped, interrupted: true };
      if (!isStatisticoError(error) || !(error.kind === "data" || error.kind === "authentication"))
        throw error;
      refused.push({ path: input.path, error });
      // Whoever does not accept the key will not accept it the next time, and locks us out the tenth.
      if (error.kind === "authentication") break;
    }
  }
  return { files, refused, skipped, interrupted: false };
}

async function ingestOne(
  path: string,
  bytes: Uint8Array,
  wanted: Selection,
  context: IngestContext,
): Promise<Taken> {
  const reader = context.reader ?? FOOTBALL_DATA;
  if (reader === FOOTBALL_DATA && !mayContain(bytes, wanted)) return SKIPPED;
  const sha256 = sha256Of(bytes);
  for (const reading of readingsOf(reader, wanted)) {
    const before = await context.warehouse.fileOutcome(sha256, reading);
    if (before)
      return isWanted(before, wanted) ? { kind: "ingested", report: { ...before, path, sha256 } } : SKIPPED;
  }
  const keep = (reading: string): RawFile =>
    context.archive.put(bytes, { source: reader.source, path, receivedAt: context.clock.now(), reading });
  const narrow = wanted.leagues !== undefined || wanted.seasons !== undefined;
  const first = narrow ? null : keep(readingOf(reader, wanted));
  const receivedAt = first?.receivedAt ?? context.clock.now();
  const whole = reader.parse(bytes, { name: path, receivedAt, league: wanted.as });
  if (whole.kind === "refused") {
    keep(readingOf(reader, wanted));
    throw refusalError(path, whole);
  }
  const part = select(whole, wanted);
  if (part.records.length === 0 && whole.records.length > 0) return SKIPPED;
  const raw = first ?? keep(readingOf(reader, part === whole ? unselected(wanted) : wanted));
  const outcome = await write(raw, part, wanted, context);
  return { kind: "ingested", report: { ...outcome, path, sha256 } };
}

function unselected({ as, newClubs }: Selection): Selection {
  return { as, newClubs };
}

/** Let signals and the progress line have their turn: files are read and written without a pause of their own. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function write(
  raw: RawFile,
  parsed: ReadFile,
  { newClubs }: Selection,
  { warehouse, aliases }: IngestContext,
): Promise<FileOutcome> {
  const { leagues, sources, rows, blank, records, events, ratings, rejects, warnings } = parsed;
  return warehouse.writeFile({
    raw,
    leagues,
    sources,
    aliases,
    rows,
    blank,
    records,
    events,
    ratings,
    rejects,
    warnings,
    newClubs,
  });
}

/**
 * Write an empty database again from the archive, in the order the files arrived.
 *
 * Equal archive and aliases give equal content: every instant that is stored is the archive's, none is today's. Files
 * that gave nothing give nothing again; those of sources this version cannot read are left out.
 */
export async function rebuild(
  context: IngestContext,
): Promise<{ readonly files: number; readonly rows: number }> {
  let rows = 0;
  const entries = context.archive.entries().filter((raw) => readerOfFile(raw) !== null);
  for (const [done, raw] of entries.entries()) {
    context.onFile?.(raw.path, done);
    const part = readArchived(raw, context);
    if (part) rows += (await write(raw, part, selectionOf(raw.reading), context)).rows;
  }
  return { files: entries.length, rows };
}

/** An archived file read as it was when it came in; null when nothing of it can be used. */
function readArchived(raw: RawFile, { archive }: IngestContext): ReadFile | null {
  const reader = readerOfFile(raw);
  const wanted = selectionOf(raw.reading);
  const hints = { name: raw.path, receivedAt: raw.receivedAt, league: wanted.as };
  const whole = reader?.parse(archive.read(raw.sha256), hints);
  return whole?.kind === "parsed" ? select(whole, wanted) : null;
}

/** True for a file that an earlier version of the reader read: today's may make more of it. */
export function readEarlier(raw: RawFile): boolean {
  const reader = readerOfFile(raw);
  return reader !== null && raw.reading.split(" ")[0] !== reader.version;
}

/** Read an archived file again with today's reader and aliases, under the same selection. */
export async function readAgain(raw: RawFile, context: IngestContext): Promise<FileOutcome> {
  const reader = readerOfFile(raw);
  const part = readArchived(raw, context);
  if (!reader || !part)
    throw new StatisticoError("data", `nothing of ${raw.path} can be read`, "statistico quarantine list");
  const wanted = selectionOf(raw.reading);
  const bytes = context.archive.read(raw.sha256);
  const { source, path, receivedAt } = raw;
  const reading = readEarlier(raw) ? readingOf(reader, wanted) : anotherReading(raw, context.archive);
  return write(context.archive.put(bytes, { source, path, receivedAt, reading }), part, wanted, context);
}

/** Rules of rows that wait for a name or an event to become known, and may be used then. */
const WAITING = ["team-unknown", "event-unknown"];

/**
 * Read the files whose rows wait for a name or an event again, now that more is known; `about`: only those whose rows
 * say this text. How many files, and how many of their rows became of use.
 */
export async function retryWaiting(
  context: IngestContext,
  about = "",
): Promise<{ readonly files: number; readonly usable: number }> {
  const open = await context.warehouse.quarantine({ status: "open" });
  const waiting = new Set(
    open
      .filter(({ rule, raw, text }) => WAITING.includes(rule) && `${raw} ${text}`.includes(about))
      .map(({ sha256 }) => sha256),
  );
  const latest = new Map(
    context.archive
      .entries()
      .filter((raw) => waiting.has(raw.sha256) && readerOfFile(raw) !== null)
      .map((raw) => [`${raw.sha256} ${raw.source} ${withoutCount(raw.reading)}`, raw]),
  );
  let usable = 0;
  for (const raw of latest.values()) {
    const { new: added, changed } = await readAgain(raw, context);
    usable += added + changed;
  }
  return { files: latest.size, usable };
}

/** The same reading under another name: what the bytes come to depends on the names that are known. */
function anotherReading({ sha256, reading }: RawFile, archive: Archive): string {
  const same = archive
    .entries()
    .filter((raw) => raw.sha256 === sha256 && withoutCount(raw.reading) === withoutCount(reading));
  return `${withoutCount(reading)} again=${same.length}`;
}

function withoutCount(reading: string): string {
  return reading.replace(/ again=\d+$/, "");
}

/** The records of the leagues and seasons wanted, and the rest left out of every count. The whole file when all are. */
function select(parsed: ReadFile, { leagues, seasons }: Selection): ReadFile {
  const keep = (league: string, season: Season): boolean =>
    (!leagues || leagues.includes(league)) && (!seasons || seasons.includes(season));
  const records = parsed.records.filter(({ league, season }) => keep(league, season));
  if (records.length === parsed.records.length) return parsed;
  const lines = new Set(records.map(({ line }) => line));
  const ofKept = ({ line, scope }: { line: number; scope: string }): boolean =>
    scope === "row" || lines.has(line);
  return {
    ...parsed,
    leagues: parsed.leagues.filter(({ code }) => records.some(({ league }) => league === code)),
    records,
    rows: parsed.rows - (parsed.records.length - records.length),
    rejects: parsed.rejects.filter(ofKept),
    warnings: parsed.warnings.filter(({ line }: Warning) => line <= 1 || lines.has(line)),
  };
}

/**
 * False only when no row can be of a league wanted: a season file's rows begin with the league's code. Saves reading
 * hundreds of files of a folder for one league.
 */
function mayContain(bytes: Uint8Array, { leagues }: Selection): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!leagues || !text.subarray(0, 8).toString("latin1").includes("Div")) return true;
  return leagues.some((league) => text.includes(`\n${league},`));
}

function isWanted(outcome: FileOutcome, { leagues, seasons }: Selection): boolean {
  const meets = <T>(wanted: readonly T[] | undefined, held: readonly T[]): boolean =>
    !wanted || held.length === 0 || wanted.some((one) => held.includes(one));
  return meets(leagues, outcome.leagues) && meets(seasons, outcome.seasons);
}

/** The reading asked for, and the whole file's, which contains it when nothing had to be left out. */
function readingsOf(reader: Reader, wanted: Selection): string[] {
  return [...new Set([readingOf(reader, wanted), readingOf(reader, unselected(wanted))])];
}

function readingOf({ version, mapping }: Reader, { leagues, seasons, as, newClubs }: Selection): string {
  const parts = [version];
  if (mapping !== "") parts.push(`map=${mapping}`);
  if (leagues) parts.push(`leagues=${leagues.join(",")}`);
  if (seasons) parts.push(`seasons=${seasons.join(",")}`);
  if (as !== undefined) parts.push(`as=${encodeURIComponent(as)}`);
  if (newClubs) parts.push("new-clubs");
  return parts.join(" ");
}

function selectionOf(reading: string): Selection {
  const part = (name: string): string | undefined => new RegExp(` ${name}=(\\S+)`).exec(reading)?.[1];
  const as = part("as");
  return {
    leagues: part("leagues")?.split(","),
    seasons: part("seasons")?.split(",").map(Number),
    as: as === undefined ? undefined : decodeURIComponent(as),
    newClubs: / new-clubs(?: |$)/.test(reading) || undefined,
  };
}
