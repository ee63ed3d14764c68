import {
  AWAY_GOALS,
  HOME_GOALS,
  NIL_NIL,
  NIL_ONE,
  ONE_NIL,
  ONE_ONE,
  PAIR_CELLS,
  type PairSums,
  SCORE_KINDS,
} from "./pair-sums.js";

/**
 * Scratch space of one fit, so that no iteration allocates, with the meetings laid out for it.
 *
 * Unknowns in order: attack, defence (each `teams` long), home advantage, rho. An expected count of goals is one team's
 * attack against another's defence, so all that the Poisson part needs of the matches is how much weight each attack
 * has against each defence: two dense squares, whose products with the factors are the expected goals of all teams.
 */
export interface GoalWork {
  readonly teams: number;
  /** 2 teams + 2. Also the cells in a row of `matrix`. */
  readonly order: number;
  /** Pairs there is room for. */
  readonly room: number;
  /** Weight of attack i against defence j with i at home: cell i * teams + j. */
  readonly hosting: Float64Array;
  /** Weight of attack i against defence j elsewhere: away, or on neutral ground. */
  readonly elsewhere: Float64Array;
  /** Weighted goals by team. */
  readonly goalsFor: Float64Array;
  readonly goalsAgainst: Float64Array;
  totalWeight: number;
  /** Weight and goals of the sides that play at home; neutral meetings do not count. */
  homeWeight: number;
  homeGoals: number;
  awayGoals: number;
  readonly nilNil: LowScores;
  /** One goal to nil either way, from the side that scored none: `attack` is its number, `defence` that of the other. */
  readonly oneGoal: LowScores;
  /** Weight of the 1-1 scores, whose tau hangs on no rate. */
  oneOne: number;
  /** e^attack, e^-defence and e^homeAdvantage at the parameters last evaluated. */
  readonly attackFactor: Float64Array;
  readonly defenceFactor: Float64Array;
  readonly lift: Float64Array;
  /** Expected goals by attack, by defence, and by attack at home. */
  readonly expectedFor: Float64Array;
  readonly expectedAgainst: Float64Array;
  readonly expectedAtHome: Float64Array;
  /** Room for what 0-0 scores do to attack and defence of a team alike. */
  readonly openness: Float64Array;
  readonly gradient: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly matrix: Float64Array;
}

/** Pairs of teams that saw a low score, in columns; the first `length` entries count. */
export interface LowScores {
  length: number;
  readonly attack: Int32Array;
  readonly defence: Int32Array;
  /** 1 where the attack played at home, 0 elsewhere. */
  readonly atHome: Float64Array;
  readonly weight: Float64Array;
}

/**
 * The meetings of these sums laid out for a fit: make it anew when matches were added or aged.
 *
 * `spent`  work that nobody reads any longer, whose room is used again: fresh room costs more than what is done in it.
 */
export function createWork(sums: PairSums, spent: GoalWork | null = null): GoalWork {
  const { teams, pairs } = sums;
  const work = spent && spent.teams === teams && spent.room >= pairs ? spent : allocate(teams, pairs);
  layOutGoals(work, sums);
  layOutLowScores(work, sums);
  return work;
}

/** One block of memory for all columns, with some more pairs than there are yet. */
function allocate(teams: number, pairs: number): GoalWork {
  const order = 2 * teams + 2;
  const room = Math.ceil(pairs * 1.25);
  const floats = new Float64Array(2 * teams * teams + order * (order + 3) + 10 * teams + 1 + 6 * room);
  const integers = new Int32Array(6 * room);
  let [float, integer] = [0, 0];
  const take = (length: number): Float64Array => {
    float += length;
    return floats.subarray(float - length, float);
  };
  const takeIntegers = (length: number): Int32Array => {
    integer += length;
    return integers.subarray(integer - length, integer);
  };
  const lowScores = (length: number): LowScores => ({
    length: 0,
    attack: takeIntegers(length),
    defence: takeIntegers(length),
    atHome: take(length),
    weight: take(length),
  });
  return {
    teams,
    order,
    room,
    hosting: take(teams * teams),
    elsewhere: take(teams * teams),
    goalsFor: take(teams),
    goalsAgainst: take(teams),
    totalWeight: 0,
    homeWeight: 0,
    homeGoals: 0,
    awayGoals: 0,
    nilNil: lowScores(room),
    oneGoal: lowScores(2 * room),
    oneOne: 0,
    attackFactor: take(teams),
    defenceFactor: take(teams),
    lift: take(1),
    expectedFor: take(teams),
    expectedAgainst: take(teams),
    expectedAtHome: take(teams),
    openness: take(3 * teams),
    gradient: take(order),
    step: take(order),
    trial: take(order),
    matrix: take(order * order),
  };
}

/** Who met whom with how much weight, and the goals of all. */
function layOutGoals(work: GoalWork, sums: PairSums): void {
  const { teams, hosting, elsewhere, goalsFor, goalsAgainst } = work;
  const { pairs, home, away, neutral, cells } = sums;
  for (const column of [hosting, elsewhere, goalsFor, goalsAgainst]) column.fill(0);
  let [totalWeight, homeWeight, homeGoals, awayGoals, oneOne] = [0, 0, 0, 0, 0];
  for (let p = 0, first = 0; p < pairs; p++, first += PAIR_CELLS) {
    const h = home[p];
    const a = away[p];
    const scored = cells[first + HOME_GOALS];
    const conceded = cells[first + AWAY_GOALS];
    const weight = weightOf(cells, first);
    totalWeight += weight;
    oneOne += cells[first + ONE_ONE];
    goalsFor[h] += scored;
    goalsAgainst[a] += scored;
    goalsFor[a] += conceded;
    goalsAgainst[h] += conceded;
    elsewhere[a * teams + h] += weight;
    if (neutral[p] === 1) {
      elsewhere[h * teams + a] += weight;
      continue;
    }
    hosting[h * teams + a] += weight;
    homeWeight += weight;
    homeGoals += scored;
    awayGoals += conceded;
  }
  work.totalWeight = totalWeight;
  work.homeWeight = homeWeight;
  work.homeGoals = homeGoals;
  work.awayGoals = awayGoals;
  work.oneOne = oneOne;
}

function weightOf(cells: Float64Array, first: number): number {
  let weight = 0;
  for (let kind = 0; kind < SCORE_KINDS; kind++) weight += cells[first + kind];
  return weight;
}

/** 0-1 hangs on the home side's rate and 1-0 on the away side's: the same term with the sides exchanged. */
function layOutLowScores({ nilNil, oneGoal }: GoalWork, sums: PairSums): void {
  const { pairs, home, away, neutral, cells } = sums;
  nilNil.length = 0;
  oneGoal.length = 0;
  for (let p = 0, first = 0; p < pairs; p++, first += PAIR_CELLS) {
    const none = cells[first + NIL_NIL];
    const nilOne = cells[first + NIL_ONE];
    const oneNil = cells[first + ONE_NIL];
    if (none > 0) put(nilNil, home[p], away[p], 1 - neutral[p], none);
    if (nilOne > 0) put(oneGoal, home[p], away[p], 1 - neutral[p], nilOne);
    if (oneNil > 0) put(oneGoal, away[p], home[p], 0, oneNil);
  }
}

function put(to: LowScores, attack: number, defence: number, atHome: number, weight: number): void {
  const at = to.length++;
  to.attack[at] = attack;
  to.defence[at] = defence;
  to.atHome[at] = atHome;
  to.weight[at] = weight;
}
