import Database from "better-sqlite3";
import { StatisticoError } from "../../core/errors.js";

/** What SQLite says, as the operator's problem; anything else is given back as it is. */
export function operatorsProblem(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const [primary, kind] = error.code.replace(/^SQLITE_/, "").split("_");
  const problem = primary === "IOERR" && WRITING.test(kind ?? "") ? unwritable : problems[primary ?? ""];
  return problem?.(path, `${error.message}${kind ? ` [${error.code}]` : ""}`) ?? error;
}

/** Run `work` on the database at `path`; throws StatisticoError for what an operator can mend. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw operatorsProblem(error, path);
  }
}

/** A stored value that no writer of ours could have left. */
export function damaged(path: string, what: string): StatisticoError {
  return new StatisticoError("data", `the database is damaged: ${path}: ${what}`, RESTORE_HINT);
}

export const RESTORE_HINT = "statistico db check, then statistico db restore BACKUP";

/** Which of the operations that fail with SQLITE_IOERR write. */
const WRITING = /^(WRITE|FSYNC|TRUNCATE|SHMSIZE)$/;

type Problem = (path: string, said: string) => StatisticoError;

const corrupt: Problem = (path, said) => damaged(path, said);
const locked: Problem = (path) =>
  new StatisticoError(
    "failed",
    `the database is locked by another process: ${path}`,
    "run the command again when the other one has ended",
  );
const unwritable: Problem = (path, said) =>
  new StatisticoError("failed", `cannot write to the database: ${path}: ${said}`, `ls -l ${path}`);
const unreadable: Problem = (path, said) =>
  new StatisticoError("failed", `cannot open or read the database: ${path}: ${said}`, `ls -l ${path}`);

const problems: Readonly<Record<string, Problem>> = {
  BUSY: locked,
  LOCKED: locked,
  PROTOCOL: locked,
  CORRUPT: corrupt,
  FORMAT: corrupt,
  NOTADB: (path) => new StatisticoError("data", `not a database: ${path}`, "statistico db restore BACKUP"),
  FULL: (path) =>
    new StatisticoError(
      "failed",
      `disk full: ${path}: the last whole file is stored, nothing after it`,
      "df -h .",
    ),
  READONLY: unwritable,
  PERM: unwritable,
  CANTOPEN: unreadable,
  IOERR: unreadable,
};
