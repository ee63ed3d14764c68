import type { PlannedPoll, PlannedSource } from "../../src/checker/plan.js";
import { planPolls } from "../../src/checker/plan.js";
import { DEFAULT_TIERS } from "../../src/checker/tier.js";
import type { Fixture } from "../../src/domain/fixture.js";
import type { PollState } from "../../src/warehouse/port.js";

/** A fixture as the planner sees it. */
export function fixture(id: number, kickOff: number, told: Partial<Fixture> = {}): Fixture {
  const team = (teamId: number) => ({ id: teamId, name: `Club ${teamId}`, country: "England" });
  return {
    id,
    league: "E0",
    season: 2025,
    day: Math.floor(kickOff / 86_400_000),
    kickOff,
    kickOffKnown: true,
    home: team(2 * id),
    away: team(2 * id + 1),
    neutral: false,
    ...told,
  };
}

/** A source that needs a request a fixture. */
export const ONE_EACH: PlannedSource = {
  code: "each",
  budget: null,
  restMs: 0,
  requestOf: ({ id }) => String(id),
};

/** A request that was sent, in virtual time. */
export interface Sent {
  readonly source: string;
  readonly request: string;
  readonly at: number;
  readonly failed: boolean;
  readonly poll: PlannedPoll;
}

export interface VirtualRun {
  readonly sources: readonly PlannedSource[];
  /** What is scheduled at an instant: kick-offs may move. */
  readonly fixtures: (now: number) => readonly Fixture[];
  /** When the planner wakes. */
  readonly wakes: readonly number[];
  readonly fails?: (nth: number) => boolean;
}

/** Plan at each wake, send everything that is due, remember it: what cron or a running process does. */
export function runVirtually({ sources, fixtures, wakes, fails = () => false }: VirtualRun): readonly Sent[] {
  const sent: Sent[] = [];
  const states = new Map<string, PollState>();
  for (const now of wakes) {
    const used = new Map(
      sources.map(({ code, budget }) => [
        code,
        budget === null ? 0 : sent.filter((one) => one.source === code && one.at > now - budget.perMs).length,
      ]),
    );
    const input = {
      sources,
      fixtures: fixtures(now),
      statuses: new Map(),
      states: [...states.values()],
      used,
    };
    for (const poll of planPolls({ ...input, now, tiers: DEFAULT_TIERS })) {
      if (poll.state !== "due") continue;
      const { source, request } = poll;
      const failed = fails(sent.length);
      const before = states.get(`${source} ${request}`);
      sent.push({ source, request, at: now, failed, poll });
      states.set(`${source} ${request}`, {
        source,
        request,
        lastPoll: now,
        lastSuccess: failed ? (before?.lastSuccess ?? null) : now,
        failures: failed ? (before?.failures ?? 0) + 1 : 0,
        detail: failed ? "HTTP 500" : "",
        notBefore: null,
      });
    }
  }
  return sent;
}

/** From `from` to `to` every `stepMs`. */
export function every(from: number, to: number, stepMs: number): number[] {
  return Array.from({ length: Math.floor((to - from) / stepMs) + 1 }, (_, i) => from + i * stepMs);
}
