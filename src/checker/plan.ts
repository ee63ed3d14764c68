import type { Instant } from "../core/clock.js";
import { createRng } from "../core/rng.js";
import { textHash } from "../core/text.js";
import { compareText, type Fixture, type FixtureStatus } from "../domain/fixture.js";
import type { PollState } from "../warehouse/port.js";
import { type NextPoll, nextPoll, type PollHistory } from "./next-poll.js";
import type { Budget, PollSource } from "./source.js";
import type { Tier } from "./tier.js";

/** A request with what is known of it. */
export interface PlannedPoll {
  readonly source: string;
  readonly request: string;
  /** Fixtures it brings that are still asked for. */
  readonly fixtures: readonly Fixture[];
  /** When it may be sent, from now on. */
  readonly at: Instant;
  readonly tier: Tier;
  /** The fixture that makes it urgent. */
  readonly because: Fixture;
  readonly lastPoll: Instant | null;
  readonly failures: number;
  /** `due`: send it now. `waiting`: later. `budget`: due, but what is left is kept for more urgent ones. */
  readonly state: "due" | "waiting" | "budget";
}

/** What planning needs of a source. */
export type PlannedSource = Pick<PollSource, "code" | "budget" | "restMs" | "requestOf">;

export interface PlanInput {
  readonly sources: readonly PlannedSource[];
  readonly fixtures: readonly Fixture[];
  /** "scheduled" when it has no entry. */
  readonly statuses: ReadonlyMap<number, FixtureStatus>;
  readonly states: readonly PollState[];
  /** Requests sent within the window of each source's budget. */
  readonly used: ReadonlyMap<string, number>;
  readonly now: Instant;
  readonly tiers: readonly Tier[];
}

/**
 * What to ask for and when, the most urgent first: what is due by the shortest interval, then by how long it has
 * waited. Pure: the same input gives the same plan, so that cron and a running process do the same.
 *
 * A request is due when one of its fixtures is. However long nothing was asked, a request is due once.
 */
export function planPolls(input: PlanInput): readonly PlannedPoll[] {
  const planned = input.sources.flatMap((source) => planSource(source, input));
  return shareBudgets(planned.sort(byUrgency(input.now)), input);
}

function planSource(source: PlannedSource, input: PlanInput): PlannedPoll[] {
  const states = new Map(
    input.states.filter((state) => state.source === source.code).map((state) => [state.request, state]),
  );
  return [...byRequest(source, input.fixtures)].flatMap(([request, fixtures]) => {
    const planned = planRequest(source, request, fixtures, states.get(request), input);
    return planned ? [planned] : [];
  });
}

function byRequest(
  { requestOf }: PlannedSource,
  fixtures: readonly Fixture[],
): ReadonlyMap<string, readonly Fixture[]> {
  const groups = new Map<string, Fixture[]>();
  for (const fixture of fixtures) {
    const request = requestOf(fixture);
    if (request === null) continue;
    const group = groups.get(request);
    if (group) group.push(fixture);
    else groups.set(request, [fixture]);
  }
  return groups;
}

type At = Extract<NextPoll, { kind: "at" }>;

/** Null when all its fixtures are done with. */
function planRequest(
  source: PlannedSource,
  request: string,
  fixtures: readonly Fixture[],
  state: PollState | undefined,
  { statuses, now, tiers }: PlanInput,
): PlannedPoll | null {
  const history = historyOf(source, request, state);
  const open: { readonly fixture: Fixture; readonly next: At }[] = [];
  for (const fixture of fixtures) {
    const { kickOff, kickOffKnown } = fixture;
    const status = statuses.get(fixture.id) ?? "scheduled";
    const next = nextPoll({ kickOff, kickOffKnown, status }, history, now, tiers);
    if (next.kind === "at") open.push({ fixture, next });
  }
  const first = open.reduce<(typeof open)[number] | null>(
    (a, b) => (a === null || isSooner(b, a) ? b : a),
    null,
  );
  if (first === null) return null;
  const { at, tier } = first.next;
  return {
    source: source.code,
    request,
    fixtures: open.map(({ fixture }) => fixture),
    at,
    tier,
    because: first.fixture,
    lastPoll: history.lastPoll,
    failures: history.failures,
    state: at <= now ? "due" : "waiting",
  };
}

interface Candidate {
  readonly fixture: Fixture;
  readonly next: At;
}

function isSooner(a: Candidate, b: Candidate): boolean {
  return (
    (a.next.at - b.next.at || a.next.tier.everyMs - b.next.tier.everyMs || a.fixture.id - b.fixture.id) < 0
  );
}

function historyOf(
  { code, restMs }: PlannedSource,
  request: string,
  state: PollState | undefined,
): PollHistory {
  const failures = state?.failures ?? 0;
  return {
    lastPoll: state?.lastPoll ?? null,
    failures,
    notBefore: state?.notBefore ?? null,
    jitter: createRng(textHash(`${code} ${request}`), failures)(),
    restMs,
  };
}

/** Due before waiting; among due ones the shorter interval, then the longer wait counted in intervals. */
function byUrgency(now: Instant): (a: PlannedPoll, b: PlannedPoll) => number {
  const waited = ({ lastPoll, tier }: PlannedPoll): number =>
    lastPoll === null ? Number.MAX_VALUE : (now - lastPoll) / tier.everyMs;
  return (a, b) =>
    Math.max(a.at, now) - Math.max(b.at, now) ||
    a.tier.everyMs - b.tier.everyMs ||
    waited(b) - waited(a) ||
    a.because.kickOff - b.because.kickOff ||
    compareText(a.source, b.source) ||
    compareText(a.request, b.request);
}

/** Give the budget to the due requests in their order; a tier stops at its share of the whole. */
function shareBudgets(planned: readonly PlannedPoll[], { sources, used }: PlanInput): PlannedPoll[] {
  const spent = new Map(used);
  const budgets = new Map(sources.map(({ code, budget }) => [code, budget]));
  return planned.map((poll) => {
    const budget = budgets.get(poll.source) ?? null;
    if (poll.state !== "due" || budget === null) return poll;
    const sofar = spent.get(poll.source) ?? 0;
    if (sofar + 1 > allowance(budget, poll.tier)) return { ...poll, state: "budget" };
    spent.set(poll.source, sofar + 1);
    return poll;
  });
}

/** Requests that may have been sent, this one included, for a poll of a tier to go. At least one for any tier. */
function allowance({ requests }: Budget, { budgetShare }: Tier): number {
  return Math.min(requests, Math.max(1, Math.floor(requests * budgetShare)));
}
