import { invariant } from "../../core/assert.js";
import type { FileOutcome, IngestedFile } from "../port.js";

/** Throws InvariantError when a parsed file's rows are not all records, events, ratings, row rejects or blank. */
export function assertAccounted(file: IngestedFile): void {
  const refused = file.rejects.filter(({ scope }) => scope === "row").length;
  const used = file.records.length + (file.events?.length ?? 0) + (file.ratings?.length ?? 0);
  const sum = used + refused + file.blank;
  invariant(
    file.rows === sum,
    `${file.raw.path}: ${file.rows} rows, but ${used} used, ${refused} rejects and ${file.blank} blank`,
  );
}

/** Rows of an outcome that are in none of its classes; 0 always, or the books are wrong. */
export function unaccounted(outcome: FileOutcome): number {
  const { rows, new: added, changed, same, quarantined, blank } = outcome;
  return rows - added - changed - same - quarantined - blank;
}

/** The outcome of the same bytes once more: everything that was used is there already. */
export function repeated(outcome: FileOutcome): FileOutcome {
  const same = outcome.new + outcome.changed + outcome.same;
  return { ...outcome, new: 0, changed: 0, same, prices: 0, revisions: [] };
}
