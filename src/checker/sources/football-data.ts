import { type IngestContext, ingestFiles } from "../../ingest/ingest.js";
import { knownCompetitions } from "../../ingest/parse/competition.js";
import { fixturesAddresses } from "../../ingest/sources/football-data.js";
import type { Fetcher } from "../../ingest/sources/http.js";
import type { PollOutcome, PollSource } from "../source.js";
import { ingestedOutcome } from "./ingested.js";

const HOUR_MS = 3_600_000;
/** The site is free and its two files change on two days a week. */
const REST_MS = 6 * HOUR_MS;
const BUDGET = { requests: 24, perMs: 24 * HOUR_MS } as const;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * The fixtures files of football-data.co.uk: one of the main leagues, one of the extra ones. Each brings the coming
 * days of all its leagues, so that there are two requests whatever is watched.
 */
export function footballDataSource(
  base: string,
  fetcher: Fetcher,
  context: Omit<IngestContext, "signal" | "onFile">,
): PollSource {
  const [main, extra] = fixturesAddresses(base);
  const extraLeagues = new Set(knownCompetitions().map(({ code }) => code));
  return {
    code: "football-data",
    budget: BUDGET,
    restMs: REST_MS,
    concurrency: 1,
    requestOf: ({ league }) => (extraLeagues.has(league) ? extra : main) ?? null,
    poll: (url, signal) => pollFile(url, signal, fetcher, context),
  };
}

async function pollFile(
  url: string,
  signal: AbortSignal,
  fetcher: Fetcher,
  context: Omit<IngestContext, "signal" | "onFile">,
): Promise<PollOutcome> {
  const answer = await fetcher.fetch(url, NEVER, signal);
  if (answer.kind === "unchanged") return { kind: "unchanged" };
  if (answer.kind === "missing") return failed("HTTP 404");
  const input = {
    path: url,
    read: async () => answer.bytes,
    kept: (sha256: string) => fetcher.keep(url, sha256),
  };
  return ingestedOutcome(await ingestFiles([input], {}, context));
}

function failed(reason: string): PollOutcome {
  return { kind: "failed", reason, retryAfterMs: null };
}
