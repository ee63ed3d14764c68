/**
 * What became of a file's lines, so that a second reading need not judge again: for each line 0, then 3 if it made all
 * markets forget, and for each of its changes 1 (used) or 2 (refused). A line without marks was not looked into.
 */
export interface Verdicts {
  marks: Uint8Array;
  count: number;
}

const LINE = 0;
const USED = 1;
const REFUSED = 2;
const FORGOT = 3;

export function createVerdicts(): Verdicts {
  return { marks: new Uint8Array(1024), count: 0 };
}

export function noteLine(verdicts: Verdicts): void {
  note(verdicts, LINE);
}

export function noteChange(verdicts: Verdicts, used: boolean): void {
  note(verdicts, used ? USED : REFUSED);
}

export function noteForgetting(verdicts: Verdicts): void {
  note(verdicts, FORGOT);
}

function note(verdicts: Verdicts, mark: number): void {
  if (verdicts.count === verdicts.marks.length) {
    const marks = new Uint8Array(2 * verdicts.count);
    marks.set(verdicts.marks);
    verdicts.marks = marks;
  }
  verdicts.marks[verdicts.count++] = mark;
}

export interface LineVerdict {
  readonly forgets: boolean;
  /** The line's changes, true for those that were used. */
  readonly used: readonly boolean[];
}

/** The verdicts of lines, one after the other. */
export function readVerdicts({ marks, count }: Verdicts): () => LineVerdict {
  let at = 0;
  return () => {
    const used: boolean[] = [];
    const forgets = marks[at + 1] === FORGOT && at + 1 < count;
    for (at += forgets ? 2 : 1; at < count && marks[at] !== LINE; at++) used.push(marks[at] === USED);
    return { forgets, used };
  };
}
