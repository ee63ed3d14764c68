import type { Instant } from "../../core/clock.js";
import type { Rng } from "../../core/rng.js";

/** A match that will be played on the practice exchange. */
export interface PracticeFixture {
  readonly home: string;
  readonly away: string;
  readonly league: string;
  readonly kickOff: Instant;
}

export interface Goal {
  readonly at: Instant;
  readonly side: "home" | "away";
}

/** How a match goes, decided before it begins. */
export interface MatchScript {
  readonly fixture: PracticeFixture;
  /** Expected goals of a whole match: what the crowd believes, and what is true. */
  readonly homeRate: number;
  readonly awayRate: number;
  /** In order, at least `SUSPENSION_MS` apart. */
  readonly goals: readonly Goal[];
  readonly endsAt: Instant;
}

export const MINUTE = 60_000;
/** How long betting stops at a goal and at the kick-off. */
export const SUSPENSION_MS = 40_000;
const HALF_MS = 47 * MINUTE;
const BREAK_MS = 15 * MINUTE;
export const PLAY_MS = 2 * HALF_MS;

/** Goals arrive at constant rates (a Poisson process each), the half-time break left out. */
export function writeScript(fixture: PracticeFixture, rng: Rng): MatchScript {
  const homeRate = 0.8 + 1.5 * rng();
  const awayRate = 0.6 + 1.2 * rng();
  const drawn = [...arrivals(homeRate, "home", rng), ...arrivals(awayRate, "away", rng)].sort(
    (a, b) => a.at - b.at || (a.side < b.side ? -1 : 1),
  );
  const goals: Goal[] = [];
  for (const { at, side } of drawn) {
    const soonest = (goals.at(-1)?.at ?? 0) + 2 * SUSPENSION_MS;
    const played = Math.max(at, soonest);
    if (played < PLAY_MS - SUSPENSION_MS) goals.push({ at: played, side });
  }
  return {
    fixture,
    homeRate,
    awayRate,
    goals: goals.map(({ at, side }) => ({ side, at: wallOf(fixture.kickOff, at) })),
    endsAt: wallOf(fixture.kickOff, PLAY_MS),
  };
}

function arrivals(rate: number, side: Goal["side"], rng: Rng): Goal[] {
  const goals: Goal[] = [];
  for (let at = 0; ; ) {
    at += Math.ceil((-Math.log(1 - rng()) / rate) * PLAY_MS);
    if (at >= PLAY_MS) return goals;
    goals.push({ at, side });
  }
}

/** When so much of the match has been played. */
function wallOf(kickOff: Instant, played: number): Instant {
  return kickOff + SUSPENSION_MS + played + (played >= HALF_MS ? BREAK_MS : 0);
}

/** How much has been played by `at`, milliseconds in [0, PLAY_MS]. */
export function playedAt({ fixture }: MatchScript, at: Instant): number {
  const gone = at - fixture.kickOff - SUSPENSION_MS;
  if (gone <= HALF_MS) return Math.max(0, gone);
  return Math.min(PLAY_MS, Math.max(HALF_MS, gone - BREAK_MS));
}

export function scoreAt({ goals }: MatchScript, at: Instant): readonly [home: number, away: number] {
  const scored = goals.filter((goal) => goal.at <= at);
  const home = scored.filter(({ side }) => side === "home").length;
  return [home, scored.length - home];
}
