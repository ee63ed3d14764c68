import type { Instant } from "../core/clock.js";
import { StatisticoError } from "../core/errors.js";
import { unpack } from "../files/read-capped.js";
import type { Archive } from "./archive.js";
import type { Input } from "./inputs.js";
import type { Fetcher } from "./sources/http.js";

/** An address to fetch. */
export interface Download {
  readonly url: string;
  /** What was fetched after this instant is final and not asked for again. */
  readonly finalAfter: Instant;
  /** Credits of a try; 1 when left out. */
  readonly cost?: number;
}

/**
 * Files behind addresses. What the server calls unchanged comes from the archive, so that a run that was interrupted,
 * or a new database, costs no traffic.
 */
export function downloadInputs(downloads: readonly Download[], fetcher: Fetcher, archive: Archive): Input[] {
  return downloads.map(({ url, finalAfter, cost }) => ({
    path: url,
    async read(signal) {
      const answer = await fetcher.fetch(url, finalAfter, signal, cost);
      if (answer.kind === "fetched") return unpack(answer.bytes, url);
      if (answer.kind === "unchanged") return archive.read(answer.sha256);
      throw new StatisticoError("data", `${url} is not there (HTTP 404)`, "statistico leagues --known");
    },
    kept: (sha256) => fetcher.keep(url, sha256),
  }));
}

/**
 * The inputs in their order, up to `width` of them read ahead: answers come while others are being written.
 *
 * `inputs` may grow while it is read: an answer can name the next page. What a read throws is thrown when its turn comes.
 */
export function* readAhead(inputs: readonly Input[], width: number): Generator<Input> {
  const started = new Map<number, Promise<Uint8Array>>();
  const start = (at: number, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    const known = started.get(at);
    if (known) return known;
    const reading = inputs[at].read(signal);
    reading.catch(() => {});
    started.set(at, reading);
    return reading;
  };
  for (let at = 0; at < inputs.length; at++) {
    const { path, kept } = inputs[at];
    yield {
      path,
      read: async (signal) => {
        for (let next = at; next < Math.min(at + width, inputs.length); next++) start(next, signal);
        const bytes = await start(at, signal);
        started.delete(at);
        return bytes;
      },
      ...(kept ? { kept } : {}),
    };
  }
}
