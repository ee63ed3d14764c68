import type { Instant } from "../../core/clock.js";
import type { Alert } from "./evaluate.js";

/** Alerts that stand, by name: since when, and when they were last told. */
export type AlertMemory = Readonly<Record<string, { readonly since: Instant; readonly toldAt: Instant }>>;

/** What is to be told: a new alert, one that still stands, one that is over. */
export interface Notice {
  readonly kind: "alert" | "still" | "recovered";
  readonly name: string;
  readonly severity: string;
  readonly text: string;
  readonly since: Instant;
}

/**
 * What of the alerts is news, and what to remember: each is told once, again when it stands for long, and once more
 * when it is over. Pure.
 */
export function noticesOf(
  alerts: readonly Alert[],
  memory: AlertMemory,
  now: Instant,
  repeatHours: number,
): { readonly notices: readonly Notice[]; readonly memory: AlertMemory } {
  const standing = alerts.map((alert) => {
    const known = Object.hasOwn(memory, alert.name) ? memory[alert.name] : undefined;
    const due = known !== undefined && now - known.toldAt >= repeatHours * 3_600_000;
    const told = known === undefined || due;
    const since = known?.since ?? now;
    return { alert, known, told, entry: { since, toldAt: told ? now : (known?.toldAt ?? now) } };
  });
  const names = new Set(alerts.map(({ name }) => name));
  const over = Object.entries(memory).filter(([name]) => !names.has(name));
  return {
    notices: [
      ...standing
        .filter(({ told }) => told)
        .map(
          ({ alert: { name, severity, text }, known, entry }): Notice => ({
            kind: known === undefined ? "alert" : "still",
            name,
            severity,
            text,
            since: entry.since,
          }),
        ),
      ...over.map(
        ([name, { since }]): Notice => ({
          kind: "recovered",
          name,
          severity: "info",
          text: `${name} is over`,
          since,
        }),
      ),
    ],
    memory: Object.fromEntries(standing.map(({ alert, entry }) => [alert.name, entry])),
  };
}
