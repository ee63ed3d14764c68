import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  API_CODES,
  answerVerdict,
  LOGIN_CODES,
  loginMeaning,
  placeVerdict,
  REPORT_CODES,
  RPC_CODES,
} from "../../../src/exchange/betfair/codes.js";
import { sharedAvailable, sharedPath } from "../../support/shared.js";

/** The codes that a bullet of the exchange's facts lists. */
function listed(text: string, heading: string): string[] {
  const line = text.split("\n").find((part) => part.startsWith(`- **${heading}**`)) ?? "";
  return line.replace(/\([^)]*\)/g, "").match(/\b[A-Z][A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
}

describe.skipIf(!sharedAvailable)("every documented code", () => {
  const text = sharedAvailable ? readFileSync(sharedPath("docs/exchange.md"), "utf8") : "";

  it.each([
    ["Execution report", 22],
    ["Instruction report adds", 18],
  ])("of %s is mapped once, %i in all", (heading, count) => {
    const codes = listed(text, heading);
    expect(codes).toHaveLength(count);
    expect(codes.filter((code) => !Object.hasOwn(REPORT_CODES, code))).toEqual([]);
  });

  it("of reports is a documented one", () => {
    const codes = [...listed(text, "Execution report"), ...listed(text, "Instruction report adds")];
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(REPORT_CODES).sort()).toEqual([...codes].sort());
  });

  it("of the API and of logins is mapped, and no other", () => {
    expect(Object.keys(API_CODES).sort()).toEqual(listed(text, "APING").sort());
    expect(Object.keys(LOGIN_CODES).sort()).toEqual(listed(text, "Login").sort());
  });
});

describe("verdicts", () => {
  it("hold that nothing can be concluded from the codes of exchange.md section 7", () => {
    for (const code of [
      "TIMEOUT",
      "TIMEOUT_ERROR",
      "PROCESSED_WITH_ERRORS",
      "BET_IN_PROGRESS",
      "ERROR_IN_MATCHER",
      "SERVICE_UNAVAILABLE",
      "UNEXPECTED_ERROR",
      "-32603",
    ])
      expect([code, placeVerdict(code)]).toEqual([code, "unknown"]);
  });

  it("ask to look first after a duplicate and a half-done replacement", () => {
    expect(placeVerdict("DUPLICATE_TRANSACTION")).toBe("look-first");
    expect(placeVerdict("CANCELLED_NOT_PLACED")).toBe("look-first");
  });

  it("never take an unknown word for a refusal, not even one that every object has", () => {
    for (const code of ["", "NEW_CODE", "constructor", "toString", "HTTP_503", "__proto__"]) {
      expect(placeVerdict(code)).toBe("unknown");
      expect(answerVerdict(code)).toBe("failed");
    }
  });

  it("tell a stranger from a refusal", () => {
    expect(answerVerdict("NO_SESSION")).toBe("unauthorised");
    expect(answerVerdict("TOO_MUCH_DATA")).toBe("refused");
    expect(answerVerdict("PERMISSION_DENIED")).toBe("refused");
    expect(answerVerdict("SERVICE_BUSY")).toBe("failed");
  });

  it("exist once: no code is in two tables", () => {
    const all = [REPORT_CODES, API_CODES, RPC_CODES, LOGIN_CODES].flatMap((table) => Object.keys(table));
    expect(new Set(all).size).toBe(all.length);
  });

  it("give each login failure words of its own", () => {
    const words = Object.keys(LOGIN_CODES).map((code) => loginMeaning(code).message);
    expect(new Set(words).size).toBe(words.length);
    expect(loginMeaning("SELF_EXCLUDED").retry).toBe("never");
    expect(loginMeaning("TEMPORARY_BAN_TOO_MANY_REQUESTS").retry).toBe("after-ban");
  });
});
