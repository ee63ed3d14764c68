/** A line in the table below a place, and what crossing it is worth. */
export interface Boundary {
  /** The last place above the line: counted from the top, or, when negative, from the number of clubs. */
  readonly rank: number;
  readonly weight: number;
}

/** A relegation play-off: half a boundary above the place that plays it, half below. */
const PLAY_OFF_ABOVE_TWO: readonly Boundary[] = [places(-3, 0.4), places(-2, 0.4)];
const PLAY_OFF_ABOVE_ONE: readonly Boundary[] = [places(-2, 0.4), places(-1, 0.4)];

const EUROPE: readonly Boundary[] = [places(1, 0.85), places(4, 0.55), places(6, 0.35)];

/**
 * Promotion, play-off and relegation places where they are not those of most leagues: title, fourth, sixth and three
 * down in a top tier; two up, sixth and three down elsewhere.
 *
 * Facts of the competitions' rules, for most of the seasons since 2013. The weights are those of the plain model.
 */
export const LEAGUE_BOUNDARIES: Readonly<Record<string, readonly Boundary[]>> = {
  D1: [...EUROPE, ...PLAY_OFF_ABOVE_TWO],
  F1: [...EUROPE, ...PLAY_OFF_ABOVE_TWO],
  D2: [places(2, 0.85), places(3, 0.55), ...PLAY_OFF_ABOVE_TWO],
  F2: [places(2, 0.85), places(5, 0.55), ...PLAY_OFF_ABOVE_TWO],
  /** The last but three plays off against the place above it. */
  I2: [places(2, 0.85), places(8, 0.55), places(-4, 0.4), places(-3, 0.4)],
  /** Four go down. */
  E2: [places(2, 0.85), places(6, 0.55), places(-4, 0.75)],
  SP2: [places(2, 0.85), places(6, 0.55), places(-4, 0.75)],
  /** Three go up at once, the next four play off, two go down. */
  E3: [places(3, 0.85), places(7, 0.55), places(-2, 0.75)],
  EC: [places(1, 0.85), places(7, 0.55), places(-4, 0.75)],
  SC0: [places(1, 0.85), places(3, 0.55), ...PLAY_OFF_ABOVE_ONE],
  SC1: [places(1, 0.85), places(4, 0.55), ...PLAY_OFF_ABOVE_ONE],
  SC2: [places(1, 0.85), places(4, 0.55), ...PLAY_OFF_ABOVE_ONE],
  SC3: [places(1, 0.85), places(4, 0.55), places(-1, 0.75)],
};

function places(rank: number, weight: number): Boundary {
  return { rank, weight };
}
