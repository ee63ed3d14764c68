import type { Instant } from "../../../core/clock.js";
import { civilDay, startOfDay } from "../../../core/day.js";
import { monthOf } from "../../parse/feed/field.js";

/**
 * How long a server asks to wait, in milliseconds: seconds, or a date as HTTP writes it; 0 for anything else.
 *
 * `serverDate`: its header `Date`. A date to wait for is by the server's clock, which need not be ours.
 * Source: RFC 9110, 10.2.3 and 5.6.7.
 */
export function retryAfterMs(value: unknown, serverDate: unknown, now: Instant): number {
  if (typeof value !== "string") return 0;
  if (/^\d{1,7}$/.test(value.trim())) return Number(value) * 1000;
  const until = httpDate(value);
  return until === null ? 0 : Math.max(0, until - (httpDate(serverDate) ?? now));
}

/** "Sun, 06 Nov 1994 08:49:37 GMT" as an instant; null for anything else. */
export function httpDate(value: unknown): Instant | null {
  const match =
    typeof value === "string"
      ? /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(value.trim())
      : null;
  const month = monthOf(match?.[2] ?? "");
  if (!match || month === null) return null;
  const day = civilDay(Number(match[3]), month, Number(match[1]));
  const [hours, minutes, seconds] = match.slice(4).map(Number);
  return day === null ? null : startOfDay(day) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
