import type { Archive } from "../archive.js";
import { downloadInputs } from "../downloads.js";
import type { Input } from "../inputs.js";
import type { Fetcher } from "./http.js";
import type { Asking, SourceRequest } from "./source.js";

/** No source has so many pages of one answer: whoever says so is mistaken. */
const MOST_PAGES = 200;

/** Requests as files to ingest. The list grows while it is read: an answer may be the first of several pages. */
export function feedInputs(
  asking: Asking,
  requests: readonly SourceRequest[],
  fetcher: Fetcher,
  archive: Archive,
): Input[] {
  const inputs: Input[] = [];
  const add = (request: SourceRequest, page: number): void => {
    const [download] = downloadInputs([request], fetcher, archive);
    inputs.push({
      ...download,
      async read(signal) {
        const bytes = await download.read(signal);
        const next = page < MOST_PAGES ? asking.next(bytes, request) : null;
        if (next) add(next, page + 1);
        return bytes;
      },
    });
  };
  for (const request of requests) add(request, 1);
  return inputs;
}
