/** What a script may rely on: see `statistico help exit-codes`. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  data: 3,
  authentication: 4,
  safetyStop: 5,
  unresolvedBet: 6,
  locked: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type ErrorKind = Exclude<keyof typeof EXIT, "ok" | "interrupted" | "terminated">;

/**
 * The operator's problem, thrown at the edges and printed once, in two lines, by `cli.ts`.
 *
 * `kind` decides the exit code. `message` says what and where: lower case, no full stop, the offending value after
 * ", was ...". `hint` is a command that can be run, or the next thing to do.
 */
export class StatisticoError extends Error {
  override readonly name = "StatisticoError";

  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly hint: string = "",
  ) {
    super(message);
  }
}

/**
 * True for a `StatisticoError` of any bundle: the entry and the lazy commands are bundled apart, so `instanceof`
 * would miss the other's class.
 */
export function isStatisticoError(error: unknown): error is StatisticoError {
  return error instanceof Error && error.name === "StatisticoError";
}
