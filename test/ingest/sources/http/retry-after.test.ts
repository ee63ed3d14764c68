import { describe, expect, it } from "vitest";
import { httpDate, retryAfterMs } from "../../../../src/ingest/sources/http/retry-after.js";

// RFC 9110, 5.6.7: the example of a date.
const EXAMPLE = "Sun, 06 Nov 1994 08:49:37 GMT";
const AT = Date.UTC(1994, 10, 6, 8, 49, 37);

describe("Retry-After", () => {
  it.each([
    ["120", undefined, 120_000],
    [EXAMPLE, undefined, 37_000],
    // The server's clock is ahead of ours by half a minute: it means seven seconds.
    [EXAMPLE, "Sun, 06 Nov 1994 08:49:30 GMT", 7000],
    ["Sun, 06 Nov 1994 08:00:00 GMT", undefined, 0],
    ["soon", undefined, 0],
    ["-5", undefined, 0],
    ["12345678", undefined, 0],
    [undefined, undefined, 0],
    [["1", "2"], undefined, 0],
  ])("%s, the server's clock being %s, is %i ms", (value, date, expected) => {
    expect(retryAfterMs(value, date, AT - 37_000)).toBe(expected);
  });

  it("reads dates as HTTP writes them alone", () => {
    expect(httpDate(EXAMPLE)).toBe(AT);
    for (const other of ["1994-11-06T08:49:37Z", "Sun, 31 Feb 1994 08:49:37 GMT", "", null])
      expect(httpDate(other)).toBeNull();
  });
});
