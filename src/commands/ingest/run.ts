import type { App } from "../../app.js";
import { EXIT, isStatisticoError } from "../../core/errors.js";
import { BUILT_IN_ALIASES, readAliases } from "../../ingest/aliases.js";
import { type IngestReport, ingestFiles, type Selection } from "../../ingest/ingest.js";
import type { Input } from "../../ingest/inputs.js";
import type { Reader } from "../../ingest/readers.js";
import { present } from "../../report/present.js";
import { conclude, count, failedOutcome, type SourceOutcome, showOutcomes, wholeOf } from "./report.js";

/** What a source has for us, and how it is read. */
export interface Errand {
  readonly reader: Reader;
  /** The inputs, made when its turn comes: a key that cannot be read stops this source alone. */
  readonly inputs: () => Promise<{ readonly inputs: Iterable<Input>; readonly count: number }>;
  readonly wanted: Selection;
}

/** Run errands one after the other; a source that fails does not stop the next. Shows what came of them. */
export async function runErrands(app: App, errands: readonly Errand[]): Promise<void> {
  const stop = new AbortController();
  const interrupt = interrupter(stop);
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const outcomes: SourceOutcome[] = [];
  let files = 0;
  try {
    for (const errand of errands) {
      if (stop.signal.aborted) break;
      const outcome = await runErrand(app, errand, stop.signal, errands.length > 1, (n) => {
        files += n;
      });
      outcomes.push(outcome);
    }
    showOutcomes(app, outcomes);
    const whole = wholeOf(outcomes);
    if (whole.interrupted) return interrupted(app, whole, files, stop.signal.reason);
    const { leagues: league, seasons: season } = errands[0]?.wanted ?? {};
    conclude(outcomes, { league, season });
  } finally {
    process.removeListener("SIGINT", interrupt).removeListener("SIGTERM", interrupt);
  }
}

async function runErrand(
  app: App,
  { reader, inputs, wanted }: Errand,
  signal: AbortSignal,
  isOneOfMany: boolean,
  counted: (files: number) => void,
): Promise<SourceOutcome> {
  try {
    const made = await inputs();
    counted(made.count);
    return { source: reader.source, report: await take(app, made, wanted, reader, signal) };
  } catch (error) {
    if (!isOneOfMany || !isStatisticoError(error)) throw error;
    return failedOutcome(reader.source, error);
  }
}

async function take(
  app: App,
  made: { readonly inputs: Iterable<Input>; readonly count: number },
  wanted: Selection,
  reader: Reader,
  signal: AbortSignal,
): Promise<IngestReport> {
  const progress = app.console.progress("ingest", made.count);
  try {
    return await ingestFiles(made.inputs, wanted, {
      warehouse: await app.warehouse("write"),
      archive: app.archive(),
      aliases: [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)],
      clock: app.clock,
      reader,
      onFile: (path, done) => progress.update(done, path),
      signal,
    });
  } finally {
    progress.stop();
  }
}

/** Say what would be read or fetched. */
export function planInputs(app: App, inputs: Iterable<{ readonly path: string }>): void {
  const rows = [...inputs].map(({ path }) => ({ path }));
  present(app, {
    schema: "statistico/ingest-plan@1",
    document: { files: rows },
    columns: [{ key: "path", title: "file" }],
    rows,
  });
  app.console.say(`${rows.length} files; nothing was read or fetched`);
}

/**
 * The first signal ends the run in good order, the second at once. The listener must stay: the spinner's own would
 * take the process down when it finds itself alone.
 */
function interrupter(stop: AbortController): (signal: NodeJS.Signals) => void {
  return (signal) => {
    if (stop.signal.aborted) process.exit(exitCodeOf(signal));
    stop.abort(signal);
  };
}

function exitCodeOf(signal: unknown): number {
  return signal === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}

function interrupted(
  app: App,
  { files, refused, skipped }: IngestReport,
  all: number,
  signal: unknown,
): void {
  process.exitCode = exitCodeOf(signal);
  const done = files.length + refused.length + skipped;
  app.console.warn(
    `interrupted: ${done} of ${count(all, "file")} done; the same command again does the rest`,
  );
}
