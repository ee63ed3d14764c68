import type { Clock } from "../../core/clock.js";

/** Runs tasks, no more than so many at once, in the order they came. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** Beyond three at once the venue answers order queries with TOO_MANY_REQUESTS. */
export function createGate(most: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  // A place is handed on, not given up and taken again: a newcomer could take it in between.
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      leave();
    }
  };
}

export interface Pace {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Waits until none of `ids` has been asked for within the last `gapMs`, then counts them as asked. */
export type Spacer = (ids: readonly string[]) => Promise<void>;

export function createSpacer({ clock, sleep }: Pace, gapMs: number): Spacer {
  const asked = new Map<string, number>();
  return async (ids) => {
    const now = clock.now();
    for (const [id, at] of asked) if (at + gapMs <= now) asked.delete(id);
    const free = Math.max(now, ...ids.map((id) => (asked.get(id) ?? now - gapMs) + gapMs));
    for (const id of ids) asked.set(id, free);
    if (free > now) await sleep(free - now);
  };
}
