import type { Market } from "../../domain/market.js";
import type { Moment, PriceSource, QuoteKind } from "../../domain/price.js";
import { type BookGate, bookGate, describeSource, isKnownBook } from "./book.js";
import type { HeaderNote } from "./header.js";
import { type OddsLabel, oddsLabels } from "./odds-label.js";

export interface PriceColumn {
  readonly index: number;
  readonly label: string;
  /** One object for every price of the column. */
  readonly kind: QuoteKind;
}

/** The prices of one source on one market at one moment: what is judged by its sum. */
export interface PriceGroup {
  readonly source: PriceSource;
  readonly market: Market;
  readonly moment: Moment;
  readonly columns: readonly PriceColumn[];
  /** All runners have a column: only then does a sum mean anything. */
  readonly isComplete: boolean;
  readonly gate: BookGate;
}

/** A column of handicaps and the prices quoted on them. */
export interface HandicapBlock {
  readonly index: number;
  readonly label: string;
  readonly groups: readonly PriceGroup[];
}

/** All prices of a file, compiled once from its header. */
export interface OddsLayout {
  /** Markets without a line of their own: match odds and totals. */
  readonly plain: readonly PriceGroup[];
  readonly handicaps: readonly HandicapBlock[];
  /** Every label that the layout reads, lines included. */
  readonly labels: ReadonlySet<string>;
  readonly notes: readonly HeaderNote[];
}

export function compileOdds(positions: ReadonlyMap<string, number>, allClose: boolean): OddsLayout {
  const labels = oddsLabels(positions, allClose);
  const groups = groupLabels(labels);
  const lined = groups.filter(({ market }) => market === "ASIAN_HANDICAP");
  const blocks = handicapBlocks(lined, labels, positions);
  const orphans = lined.filter((group) => !blocks.some((block) => block.groups.includes(group)));
  const codes = [...new Set(labels.map(({ source }) => source))];
  return {
    plain: groups.filter(({ market }) => market !== "ASIAN_HANDICAP"),
    handicaps: blocks,
    labels: new Set([...labels.map(({ label }) => label), ...blocks.map(({ label }) => label)]),
    notes: [
      ...codes.filter((code) => !isKnownBook(code)).map((code) => unknownBook(code, labels)),
      ...orphans.map(withoutLine),
    ],
  };
}

function groupLabels(labels: readonly OddsLabel[]): PriceGroup[] {
  const byGroup = new Map<string, OddsLabel[]>();
  for (const label of labels) {
    const key = `${label.source} ${label.market} ${label.moment}`;
    const members = byGroup.get(key) ?? [];
    // PSCH and PH of one extra-leagues file would be the same price twice: the first column stands for it.
    if (!members.some(({ runner }) => runner === label.runner)) members.push(label);
    byGroup.set(key, members);
  }
  return [...byGroup.values()].map(priceGroup);
}

function priceGroup(labels: readonly OddsLabel[]): PriceGroup {
  const [{ source, market, moment }] = labels;
  return {
    source: describeSource(source),
    market,
    moment,
    columns: labels.map(({ index, label, runner }) => ({
      index,
      label,
      kind: { source, market, runner, side: "BACK", moment },
    })),
    isComplete: labels.length === (market === "MATCH_ODDS" ? 3 : 2),
    gate: bookGate(source),
  };
}

function handicapBlocks(
  groups: readonly PriceGroup[],
  labels: readonly OddsLabel[],
  positions: ReadonlyMap<string, number>,
): HandicapBlock[] {
  const byLine = new Map<string, PriceGroup[]>();
  for (const group of groups) {
    const stem = labels.find(({ label }) => label === group.columns[0].label)?.stem ?? "";
    const line = lineLabel(stem, group.moment, positions);
    if (line !== null) byLine.set(line, [...(byLine.get(line) ?? []), group]);
  }
  return [...byLine].map(([label, members]) => ({
    index: positions.get(label) ?? -1,
    label,
    groups: members,
  }));
}

/** A book's own line (`GBAH`, 2003 to 2005), else the file's: `AHh`, `AHCh` at the close, `BbAHh` until 2019. */
function lineLabel(stem: string, moment: Moment, positions: ReadonlyMap<string, number>): string | null {
  const shared = moment === "close" ? ["AHCh"] : ["AHh", "BbAHh"];
  return [`${stem}AH`, ...shared].find((label) => positions.has(label)) ?? null;
}

function unknownBook(code: string, labels: readonly OddsLabel[]): HeaderNote {
  const column = labels.find(({ source }) => source === code)?.label ?? "";
  return { rule: "unknown-book", column, text: `prices of a book not in the catalogue, kept as ${code}` };
}

function withoutLine({ columns, source }: PriceGroup): HeaderNote {
  const text = `handicap prices of ${source.code} without a column for their line: not read`;
  return { rule: "handicap-without-line", column: columns[0].label, text };
}
