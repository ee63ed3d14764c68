import type { Rng } from "../core/rng.js";

/** Draws one score, home goals first. */
export type PlayScore = (rng: Rng) => readonly [home: number, away: number];

/**
 * Rates of a distribution as its likelihood takes them, and its shapes by name; `lead` is half of what the home side's
 * attack and defence are ahead of the away side's.
 */
export interface Played {
  readonly homeRate: number;
  readonly awayRate: number;
  readonly shapes: Readonly<Record<string, number>>;
}

/**
 * How scores of a distribution come about, drawn from its story and not from its formula: mixtures, thinned and shared
 * counts, waiting times. It shares no arithmetic with the grids. Null for a distribution it has no story of.
 */
export function playerOf(model: string, played: Played): PlayScore | null {
  // A model that is given a parameter has it after its name.
  const [name] = model.split(" ");
  const make = Object.hasOwn(STORIES, name) ? STORIES[name] : undefined;
  return make ? make(played) : null;
}

const STORIES: Readonly<Record<string, (played: Played) => PlayScore>> = {
  "negative-binomial": ({ homeRate, awayRate, shapes: { dispersion = 0 } }) =>
    eachSide(homeRate, awayRate, (rate, rng) => drawPoisson(mixedRate(rate, dispersion, rng), rng)),
  "zero-inflated-poisson": ({ homeRate, awayRate, shapes: { zeroInflation = 0 } }) =>
    eachSide(homeRate, awayRate, (rate, rng) => (rng() < zeroInflation ? 0 : drawPoisson(rate, rng))),
  /** The side that is ahead plays below its strength, the other above. */
  "rue-salvesen": ({ homeRate, awayRate, shapes: { gamma = 0, lead = 0 } }) => {
    const effect = Math.exp(gamma * lead);
    return eachSide(homeRate / effect, awayRate * effect, drawPoisson);
  },
  "bivariate-poisson": shared,
  "bivariate-poisson-inflated": (played) => {
    const { draw00 = 0, draw11 = 0, draw22 = 0 } = played.shapes;
    const plain = shared(played);
    return (rng) => {
      const raised = rng();
      if (raised < draw00) return [0, 0];
      if (raised < draw00 + draw11) return [1, 1];
      return raised < draw00 + draw11 + draw22 ? [2, 2] : plain(rng);
    };
  },
};

function eachSide(homeRate: number, awayRate: number, draw: (rate: number, rng: Rng) => number): PlayScore {
  return (rng) => [draw(homeRate, rng), draw(awayRate, rng)];
}

/** Goals of either side's own, and some that both get. */
function shared({ homeRate, awayRate, shapes: { common = 0 } }: Played): PlayScore {
  return (rng) => {
    const both = drawPoisson(common, rng);
    return [both + drawPoisson(homeRate, rng), both + drawPoisson(awayRate, rng)];
  };
}

/** A rate drawn from the gamma distribution of this mean and of variance dispersion x mean^2. */
function mixedRate(mean: number, dispersion: number, rng: Rng): number {
  const shape = 1 / dispersion;
  // Beyond this the spread of the rate is a thousandth of it: no draw could tell.
  return shape > 1e6 ? mean : (mean / shape) * drawGamma(shape, rng);
}

/** Marsaglia & Tsang, ACM Transactions on Mathematical Software 26(3), 2000; a shape below 1 by their section 6. */
function drawGamma(shape: number, rng: Rng): number {
  if (shape < 1) return drawGamma(shape + 1, rng) * (1 - rng()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Knuth's product of uniforms. */
function drawPoisson(rate: number, rng: Rng): number {
  const floor = Math.exp(-rate);
  let goals = 0;
  for (let product = rng(); product > floor; product *= rng()) goals++;
  return goals;
}
