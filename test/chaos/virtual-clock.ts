import type { TraderClock } from "../../src/trader/trader-clock.js";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock that stands still until it is told to go on, and then goes from timer to timer. */
export class VirtualClock implements TraderClock {
  #now: number;
  #count = 0;
  readonly #start: number;
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
    this.#start = start;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.#now + ms, resolve));
  }

  /** Do something at an instant; of two at the same instant the one asked for first. */
  at(instant: number, fire: () => void): void {
    const timer = { at: Math.max(Math.ceil(instant), this.#now), order: this.#count++, fire };
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other && (other.at > timer.at || (other.at === timer.at && other.order > timer.order)))
        low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }

  /** Run until `work` is done, and no further. */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    ended.catch(() => {});
    await turn();
    while (!done) {
      const timer = this.#timers.pop();
      if (!timer) {
        await turn();
        if (done) break;
        throw new Error("the virtual clock has nothing left to wait for");
      }
      this.#now = timer.at;
      timer.fire();
      await turn();
    }
    return ended;
  }
}

/** Let everything that can go on without time go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
