import type { CancelOutcome } from "../venue.js";
import { type Json, moneyOf, objectOf, optionalList, optionalText, textOf } from "./json.js";

/** Bets of one request. */
export const MOST_CANCELS = 60;

/** Whole unmatched sizes: an instruction without a reduction. */
export function cancelParams(marketId: string, betIds: readonly string[]): Json {
  return { marketId, instructions: betIds.map((betId) => ({ betId })) };
}

/** What became of each bet that was to be cancelled, in the order of `betIds`. */
export function readCancel(result: unknown, betIds: readonly string[]): CancelOutcome[] {
  const report = objectOf(result, "report");
  const whole = optionalText(report, "errorCode") || textOf(report, "status");
  const parts = optionalList(report.instructionReports, "instructionReports").map((part) =>
    objectOf(part, "instructionReport"),
  );
  return betIds.map((betId, i) => outcomeOf(betId, partOf(parts, betId) ?? unnamed(parts, i), whole));
}

function partOf(parts: readonly Json[], betId: string): Json | undefined {
  return parts.find(({ instruction }) => nameOf(instruction) === betId);
}

/** A part that does not name its bet stands for the one in its place. */
function unnamed(parts: readonly Json[], i: number): Json | undefined {
  return parts[i] !== undefined && nameOf(parts[i].instruction) === "" ? parts[i] : undefined;
}

function nameOf(instruction: unknown): string {
  return instruction === undefined || instruction === null
    ? ""
    : optionalText(objectOf(instruction, "instruction"), "betId");
}

function outcomeOf(betId: string, part: Json | undefined, whole: string): CancelOutcome {
  if (part === undefined) return { betId, cancelledMinor: null, code: whole };
  if (textOf(part, "status") === "SUCCESS")
    return { betId, cancelledMinor: moneyOf(part, "sizeCancelled"), code: "" };
  return { betId, cancelledMinor: null, code: optionalText(part, "errorCode") || whole };
}
