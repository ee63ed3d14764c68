import type { Clock } from "../core/clock.js";
import { isStatisticoError, StatisticoError } from "../core/errors.js";
import type { Season } from "../domain/season.js";
import type { FileOutcome, RawFile, TeamAlias, Warehouse, Warning } from "../warehouse/port.js";
import { type Archive, sha256Of } from "./archive.js";
import type { Input } from "./inputs.js";
import { type ParsedFile, parseFootballData } from "./parse/football-data.js";

/** Raise when the parser reads a file differently: archived files are then read afresh. */
const PARSER = "football-data@1";
export const SOURCE = "football-data";

/** Which part of a file is wanted; everything when a list is left out. */
export interface Selection {
  readonly leagues?: readonly string[] | undefined;
  readonly seasons?: readonly Season[] | undefined;
}

export interface IngestContext {
  readonly warehouse: Warehouse;
  readonly archive: Archive;
  readonly aliases: readonly TeamAlias[];
  readonly clock: Clock;
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
  inputs: readonly Input[],
  wanted: Selection,
  context: IngestContext,
): Promise<IngestReport> {
  const files: IngestedFileReport[] = [];
  const refused: RefusedFile[] = [];
  let skipped = 0;
  for (const [done, input] of inputs.entries()) {
    if (context.signal?.aborted) return { files, refused, skipped, interrupted: true };
    context.onFile?.(input.path, done);
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
      if (!isStatisticoError(error) || error.kind !== "data") throw error;
      refused.push({ path: input.path, error });
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
  if (!mayContain(bytes, wanted)) return SKIPPED;
  const sha256 = sha256Of(bytes);
  for (const reading of readingsOf(wanted)) {
    const before = await context.warehouse.fileOutcome(sha256, reading);
    if (before)
      return isWanted(before, wanted) ? { kind: "ingested", report: { ...before, path, sha256 } } : SKIPPED;
  }
  const whole = parse(bytes, path);
  const part = select(whole, wanted);
  if (part.records.length === 0 && whole.records.length > 0) return SKIPPED;
  const reading = readingOf(part === whole ? {} : wanted);
  const raw = context.archive.put(bytes, { source: SOURCE, path, receivedAt: context.clock.now(), reading });
  const outcome = await write(raw, part, context);
  return { kind: "ingested", report: { ...outcome, path, sha256 } };
}

/** Let signals and the progress line have their turn: files are read and written without a pause of their own. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function write(
  raw: RawFile,
  parsed: ParsedFile,
  { warehouse, aliases }: IngestContext,
): Promise<FileOutcome> {
  const { leagues, sources, rows, blank, records, rejects, warnings } = parsed;
  return warehouse.writeFile({ raw, leagues, sources, aliases, rows, blank, records, rejects, warnings });
}

/**
 * Write an empty database again from the archive, in the order the files arrived.
 *
 * Equal archive and aliases give equal content: every instant that is stored is the archive's, none is today's.
 */
export async function rebuild(
  context: IngestContext,
): Promise<{ readonly files: number; readonly rows: number }> {
  let rows = 0;
  const entries = context.archive.entries().filter(({ source }) => source === SOURCE);
  for (const [done, raw] of entries.entries()) {
    context.onFile?.(raw.path, done);
    const part = select(parse(context.archive.read(raw.sha256), raw.path), selectionOf(raw.reading));
    rows += (await write(raw, part, context)).rows;
  }
  return { files: entries.length, rows };
}

/** True for a file that an earlier version of the reader read: today's may make more of it. */
export function readEarlier({ reading }: RawFile): boolean {
  return reading.split(" ")[0] !== PARSER;
}

/** Read an archived file again with today's reader, under the same selection. */
export async function readAgain(raw: RawFile, context: IngestContext): Promise<FileOutcome> {
  const wanted = selectionOf(raw.reading);
  const bytes = context.archive.read(raw.sha256);
  const { source, path, receivedAt } = raw;
  const again = context.archive.put(bytes, { source, path, receivedAt, reading: readingOf(wanted) });
  return write(again, select(parse(bytes, path), wanted), context);
}

function parse(bytes: Uint8Array, path: string): ParsedFile {
  const parsed = parseFootballData(bytes, { name: path });
  if (parsed.kind === "parsed") return parsed;
  const { line, column, text, hint } = parsed;
  const place = line > 0 ? `:${line}${column ? ` column ${column}` : ""}` : "";
  throw new StatisticoError("data", `${path}${place} ${text}`, hint);
}

/** The records of the leagues and seasons wanted, and the rest left out of every count. The whole file when all are. */
function select(parsed: ParsedFile, { leagues, seasons }: Selection): ParsedFile {
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
function readingsOf(wanted: Selection): string[] {
  return [...new Set([readingOf(wanted), readingOf({})])];
}

function readingOf({ leagues, seasons }: Selection): string {
  const parts = [PARSER];
  if (leagues) parts.push(`leagues=${leagues.join(",")}`);
  if (seasons) parts.push(`seasons=${seasons.join(",")}`);
  return parts.join(" ");
}

function selectionOf(reading: string): Selection {
  const leagues = /leagues=(\S+)/.exec(reading)?.[1]?.split(",");
  const seasons = /seasons=(\S+)/.exec(reading)?.[1]?.split(",").map(Number);
  return { leagues, seasons };
}
