import type { QuarterLine } from "../domain/market.js";
import type { Distribution } from "./distribution.js";

/**
 * How a bet on a line can end. A quarter line is two half stakes on the lines beside it, so it can win or lose by half.
 * The five probabilities sum to one minus the grid's tail.
 */
export interface FiveWay {
  readonly fullWin: number;
  readonly halfWin: number;
  readonly push: number;
  readonly halfLoss: number;
  readonly fullLoss: number;
  /** Price at which the bet has no expectation: 1 + (fullLoss + halfLoss / 2) / (fullWin + halfWin / 2). */
  readonly fairPrice: number;
}

/**
 * Settle a number of goals against a line: +1 backs "value + line above zero", -1 the other side of the same line.
 *
 * In quarter goals the backer of +1 is ahead by v = 4 value + line: two quarters or more win all, one wins half, none
 * pushes, and the same below.
 */
export function fiveWay({ least, mass }: Distribution, line: QuarterLine, side: 1 | -1): FiveWay {
  const ended = [0, 0, 0, 0, 0];
  for (let k = 0; k < mass.length; k++) {
    const ahead = side * (4 * (least + k) + line);
    ended[2 - Math.max(-2, Math.min(2, ahead))] += mass[k];
  }
  const [fullWin, halfWin, push, halfLoss, fullLoss] = ended;
  const fairPrice = 1 + (fullLoss + halfLoss / 2) / (fullWin + halfWin / 2);
  return { fullWin, halfWin, push, halfLoss, fullLoss, fairPrice };
}

/**
 * Share of the stake at risk that wins: 1 / fairPrice.
 *
 * Expected profit of a unit stake at a price is (1 - returned) x (this x price - 1), `returned` being what a push or
 * half of one gives back.
 */
export function effectiveProbability(line: FiveWay): number {
  const won = line.fullWin + line.halfWin / 2;
  return won / (won + line.fullLoss + line.halfLoss / 2);
}

/** A line in goals from quarter goals, as documents name it: -3 is "-0.75", 4 is "1". */
export function formatLine(line: QuarterLine): string {
  return String(line / 4);
}
