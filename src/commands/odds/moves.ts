import type { App } from "../../app.js";
import { movements } from "../../checker/movement.js";
import { formatPricePoint, type PricePoint } from "../../domain/price-point.js";
import { type Column, present } from "../../report/present.js";
import { findFixtures, pricesAtPoint, refuseNoPrices, sourceKinds, type WantedFixtures } from "./chosen.js";
import { FIXTURE_TITLE, fixtureDocument, fixtureNames, lineOf, withFixtures } from "./price-row.js";

interface Options extends WantedFixtures {
  readonly from: PricePoint;
  readonly to: PricePoint;
}

const COLUMNS: readonly Column[] = [
  { key: "market", title: "market" },
  { key: "lineText", title: "line", align: "right" },
  { key: "runner", title: "runner" },
  { key: "kind", title: "move" },
  { key: "change", title: "change", digits: 3 },
  { key: "books", title: "books", align: "right" },
  { key: "shortened", title: "shorter", align: "right" },
  { key: "lengthened", title: "longer", align: "right" },
  { key: "low", title: "low", digits: 2 },
  { key: "high", title: "high", digits: 2 },
];

export async function moves(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse("read");
  const fixtures = await findFixtures(app, options);
  const earlier = await pricesAtPoint(warehouse, fixtures, options, options.from);
  const later = await pricesAtPoint(warehouse, fixtures, options, options.to);
  const all = movements(earlier, later, await sourceKinds(warehouse));
  refuseNoPrices(all, options, `${fixtureNames(fixtures)} at both points`);
  const rows = withFixtures(
    all.map(({ market, line, ...one }) => ({ ...one, market, ...lineOf(market, line) })),
    fixtures,
  );
  const [from, to] = [formatPricePoint(options.from), formatPricePoint(options.to)];
  present(app, {
    schema: "statistico/odds-moves@1",
    document: { ...fixtureDocument(fixtures), from, to, moves: rows },
    columns: fixtures.length === 1 ? COLUMNS : [...FIXTURE_TITLE, ...COLUMNS],
    rows,
  });
  const count = (kind: string): number => all.filter((one) => one.kind === kind).length;
  app.console.say(
    `${fixtureNames(fixtures)}, ${from} to ${to}: ${count("steam")} steam, ${count("drift")} drift, ${count("steady")} steady, ${count("unclear")} with too few books; low and high: 95% interval of the share of books that went the way most did`,
  );
}
