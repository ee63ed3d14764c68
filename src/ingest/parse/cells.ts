/**
 * The cells of one line as spans of a text: no string is made until somebody asks for one. Filled again for every
 * line, because a file has thousands of them and few cells are ever wanted as text.
 */
export interface Cells {
  text: string;
  starts: Int32Array;
  ends: Int32Array;
  count: number;
}

export function createCells(): Cells {
  return { text: "", starts: new Int32Array(256), ends: new Int32Array(256), count: 0 };
}

const COMMA = 44;
const QUOTE = 34;

/**
 * Fill `cells` from `text` between `start` and `end`, one physical line.
 *
 * Returns false when a quote stands where RFC 4180 allows none: that cell is taken as it is written, up to the next
 * comma, so that a stray quote costs one cell and never the rest of the file.
 */
export function splitCells(cells: Cells, text: string, start: number, end: number): boolean {
  cells.text = text;
  cells.count = 0;
  let { starts, ends } = cells;
  let count = 0;
  let from = start;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return splitQuoted(cells, text.slice(start, end));
    if (code !== COMMA) continue;
    if (count + 1 === starts.length) ({ starts, ends } = grow(cells));
    starts[count] = from;
    ends[count++] = i;
    from = i + 1;
  }
  starts[count] = from;
  ends[count] = end;
  cells.count = count + 1;
  return true;
}

/** Twice the room for spans, those there kept. */
function grow(cells: Cells): Cells {
  const starts = new Int32Array(cells.starts.length * 2);
  const ends = new Int32Array(cells.ends.length * 2);
  starts.set(cells.starts);
  ends.set(cells.ends);
  cells.starts = starts;
  cells.ends = ends;
  return cells;
}

function splitQuoted(cells: Cells, line: string): boolean {
  const values: string[] = [];
  let sound = true;
  for (let from = 0; from <= line.length; ) {
    const close = line.charCodeAt(from) === QUOTE ? closingQuote(line, from) : -1;
    if (close >= 0) {
      values.push(line.slice(from + 1, close).replaceAll('""', '"'));
      from = close + 2;
      continue;
    }
    const comma = line.indexOf(",", from);
    const end = comma < 0 ? line.length : comma;
    const value = line.slice(from, end);
    if (value.includes('"')) sound = false;
    values.push(value);
    from = end + 1;
  }
  fillFrom(cells, values);
  return sound;
}

/** Where the quoted cell that opens at `open` closes, just before a comma or the end; -1 when it never does. */
function closingQuote(line: string, open: number): number {
  for (let at = line.indexOf('"', open + 1); at >= 0; at = line.indexOf('"', at + 2)) {
    if (line.charCodeAt(at + 1) === QUOTE) continue;
    return at + 1 === line.length || line.charCodeAt(at + 1) === COMMA ? at : -1;
  }
  return -1;
}

function fillFrom(cells: Cells, values: readonly string[]): void {
  cells.text = values.join(",");
  while (values.length > cells.starts.length) grow(cells);
  let from = 0;
  values.forEach((value, index) => {
    cells.starts[index] = from;
    cells.ends[index] = from + value.length;
    from += value.length + 1;
  });
  cells.count = values.length;
}
