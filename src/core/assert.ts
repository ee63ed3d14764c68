/** Thrown when the program contradicts itself. Nobody catches it; `cli.ts` prints it as a bug. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * State what must be true here if the code is right.
 *
 * Throws InvariantError with `message` when it is not. Never use it for bad input: that is the operator's problem
 * and wants a `StatisticoError` with a hint.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** True for an `InvariantError` of any bundle, as `isStatisticoError`. */
export function isInvariantError(error: unknown): error is InvariantError {
  return error instanceof Error && error.name === "InvariantError";
}
