import type { IngestReport } from "../../ingest/ingest.js";
import type { PollOutcome } from "../source.js";

/** What an ingest of the answers to one request came to. A refused answer is a failure, whatever others brought. */
export function ingestedOutcome({ files, refused }: Pick<IngestReport, "files" | "refused">): PollOutcome {
  const [first] = refused;
  if (first) return { kind: "failed", reason: first.error.message, retryAfterMs: null };
  const sum = (count: (file: (typeof files)[number]) => number): number =>
    files.reduce((total, file) => total + count(file), 0);
  const prices = sum((file) => file.prices);
  if (prices === 0 && sum((file) => file.new + file.changed) === 0) return { kind: "unchanged" };
  return { kind: "stored", prices, fixtures: sum((file) => file.new + file.changed + file.same) };
}
