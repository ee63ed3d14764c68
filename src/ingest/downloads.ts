import type { Instant } from "../core/clock.js";
import { StatisticoError } from "../core/errors.js";
import type { Archive } from "./archive.js";
import type { Input } from "./inputs.js";
import type { Fetcher } from "./sources/http.js";

/** An address to fetch. */
export interface Download {
  readonly url: string;
  /** What was fetched after this instant is final and not asked for again. */
  readonly finalAfter: Instant;
}

/**
 * Files behind addresses. What the server calls unchanged comes from the archive, so that a run that was interrupted,
 * or a new database, costs no traffic.
 */
export function downloadInputs(downloads: readonly Download[], fetcher: Fetcher, archive: Archive): Input[] {
  return downloads.map(({ url, finalAfter }) => ({
    path: url,
    async read(signal) {
      const answer = await fetcher.fetch(url, finalAfter, signal);
      if (answer.kind === "fetched") return answer.bytes;
      if (answer.kind === "unchanged") return archive.read(answer.sha256);
      throw new StatisticoError("data", `${url} is not there (HTTP 404)`, "statistico leagues --known");
    },
    kept: (sha256) => fetcher.keep(url, sha256),
  }));
}
