import type { Rng } from "../../core/rng.js";

/** The made-up public of one market: what it offers, and what it has traded. Sizes in whole currency units. */
export interface Crowd {
  readonly rng: Rng;
  /** How far opinion has wandered from the truth, on the logit scale, by runner. */
  readonly drift: number[];
  /** Standing offers by price, per runner: to back, to lay. */
  readonly offers: { back: Map<number, number>; lay: Map<number, number> }[];
  /** Traded at each price, both sides counted; and in all. */
  readonly traded: { at: Map<number, number>; total: number; last: number }[];
  total: number;
}

export function createCrowd(runners: number, rng: Rng): Crowd {
  return {
    rng,
    drift: Array.from({ length: runners }, () => 0.1 * (rng() - 0.5)),
    offers: Array.from({ length: runners }, () => ({ back: new Map(), lay: new Map() })),
    traded: Array.from({ length: runners }, () => ({ at: new Map(), total: 0, last: 0 })),
    total: 0,
  };
}
