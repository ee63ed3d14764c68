import type { Clock, Instant } from "../../core/clock.js";

/** Practice time runs from `from` on, `speed` times as fast as the wall's since `wall`. Both sides of a practice share it. */
export interface Pacing {
  readonly wall: Instant;
  readonly from: Instant;
  readonly speed: number;
}

export interface PracticeClock extends Clock {
  /** How long a practice duration takes here. */
  real(ms: number): number;
  sleep(ms: number): Promise<void>;
}

export function practiceClock({ wall, from, speed }: Pacing): PracticeClock {
  const real = (ms: number): number => ms / speed;
  return {
    now: () => Math.floor(from + (Date.now() - wall) * speed),
    real,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.ceil(real(ms)))),
  };
}
