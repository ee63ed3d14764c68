import { StatisticoError } from "../../../core/errors.js";

const MEBI = 1024 * 1024;

/** What unpacking may cost before it is called a bomb: 1 GiB of zeros is 785 bytes of bz2. */
export interface Limits {
  /** Bytes out for each byte in, once past `smallBytes`. */
  readonly ratio: number;
  /** Bytes out that need no ratio: a short text of one letter is no bomb. */
  readonly smallBytes: number;
  /** Bytes of one unpacked file. */
  readonly entryBytes: number;
  /** Unpacked bytes of one run over all files. */
  readonly totalBytes: number;
  /** Files of one run, those inside archives included. */
  readonly entries: number;
  /** Archives inside archives. */
  readonly depth: number;
}

export const LIMITS: Limits = {
  ratio: 200,
  smallBytes: 16 * MEBI,
  entryBytes: 512 * MEBI,
  totalBytes: 2048 * MEBI,
  entries: 50_000,
  depth: 3,
};

/** What a run has used so far. One object a run, passed to every file of it. */
export interface Budget {
  readonly limits: Limits;
  entries: number;
  bytes: number;
}

export function openBudget(limits: Limits = LIMITS): Budget {
  return { limits, entries: 0, bytes: 0 };
}

/** Count one more file. Throws StatisticoError when the run has passed a limit. */
export function countEntry(budget: Budget, name: string): void {
  budget.entries += 1;
  const { entries, totalBytes } = budget.limits;
  if (runIsOver(budget))
    throw new StatisticoError(
      "data",
      `more than ${budget.entries > entries ? `${entries} files` : `${totalBytes} bytes`} in one run, at ${name}`,
      "give fewer folders at a time",
    );
}

/** Whether a limit of the whole run is passed: then nothing more may be read, not even another file. */
export function runIsOver({ limits, entries, bytes }: Budget): boolean {
  return entries > limits.entries || bytes > limits.totalBytes;
}

/** Pass the chunks of one unpacked file on until it, or the run, is too large. Throws StatisticoError then. */
export async function* limitSize(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  budget: Budget,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    budget.bytes += chunk.length;
    if (bytes > budget.limits.entryBytes) throw tooLarge(name, `${budget.limits.entryBytes} bytes`, bytes);
    if (runIsOver(budget)) throw tooLarge(name, `${budget.limits.totalBytes} bytes in one run`, budget.bytes);
    yield chunk;
  }
}

/**
 * Pass unpacked chunks on while they are in proportion to `packed.bytes`, the bytes read so far of what they are
 * unpacked from. Throws StatisticoError beyond.
 */
export async function* limitRatio(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { ratio, smallBytes }: Limits,
  packed: { readonly bytes: number },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > Math.max(smallBytes, packed.bytes * ratio))
      throw tooLarge(name, `${ratio} times its size`, bytes);
    yield chunk;
  }
}

function tooLarge(name: string, limit: string, bytes: number): StatisticoError {
  return new StatisticoError(
    "data",
    `${name} unpacks to more than ${limit}, was ${bytes} bytes`,
    "leave it out",
  );
}
