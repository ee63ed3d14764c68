import { formatInstant } from "../../core/day.js";
import type { Fixture } from "../../domain/fixture.js";
import type { Market, QuarterLine } from "../../domain/market.js";
import type { SourceKind } from "../../domain/price.js";
import type { Column, Row } from "../../report/present.js";
import { fixtureRow } from "../shared/rows.js";
import { type AnyPrice, modelOf } from "./chosen.js";

export const PRICE_COLUMNS: readonly Column[] = [
  { key: "source", title: "source" },
  { key: "kind", title: "kind" },
  { key: "market", title: "market" },
  { key: "lineText", title: "line", align: "right" },
  { key: "runner", title: "runner" },
  { key: "side", title: "side" },
  { key: "moment", title: "moment" },
  { key: "price", title: "price", align: "right" },
  { key: "size", title: "size", align: "right" },
  { key: "observedAt", title: "observed (UTC)" },
];

/** Before the others where the rows are of several fixtures. */
export const FIXTURE_TITLE: readonly Column[] = [
  { key: "date", title: "date" },
  { key: "home", title: "home" },
  { key: "away", title: "away" },
];

export function priceRow(price: AnyPrice, kinds: ReadonlyMap<string, SourceKind>) {
  const { source, market, line, runner, side, moment, size, observedAt } = price;
  const model = modelOf(price);
  return {
    fixtureId: price.fixtureId,
    source,
    kind: kinds.get(source) ?? "bookmaker",
    ...(model ? { model } : {}),
    market,
    ...lineOf(market, line),
    runner,
    side,
    moment: model ? "compiled" : moment,
    price: price.price,
    size,
    observedAt: formatInstant(observedAt),
  };
}

/** The line of a market that has one, as a number and as a table shows it. */
export function lineOf(market: Market, line: QuarterLine): { line: number | null; lineText: string } {
  const lined = market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS";
  return { line: lined ? line / 4 : null, lineText: lined ? String(line / 4) : "" };
}

/** Rows with their fixture's names before them, where there are several fixtures. */
export function withFixtures<One extends Row>(
  rows: readonly (One & { readonly fixtureId: number })[],
  fixtures: readonly Fixture[],
): readonly Row[] {
  if (fixtures.length === 1) return rows;
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixtureRow(fixture)]));
  return rows.map((row) => ({ ...byId.get(row.fixtureId), ...row }));
}

/** `fixture` for one, `fixtures` for several: what the rows' ids stand for. */
export function fixtureDocument(fixtures: readonly Fixture[]): object {
  const rows = fixtures.map(fixtureRow);
  return rows.length === 1 ? { fixture: rows[0] } : { fixtures: rows };
}

export function fixtureNames(fixtures: readonly Fixture[]): string {
  const [first] = fixtures;
  if (!first || fixtures.length > 1) return `${fixtures.length} fixtures`;
  return `${first.home.name} - ${first.away.name}`;
}
