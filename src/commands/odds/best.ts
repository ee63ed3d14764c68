import type { App } from "../../app.js";
import { bestPrices } from "../../checker/best-price.js";
import { formatInstant } from "../../core/day.js";
import { formatPricePoint } from "../../domain/price-point.js";
import { type Column, present } from "../../report/present.js";
import { findFixtures, inRange, pricesAtPoint, refuseNoPrices, sourceKinds } from "./chosen.js";
import { type LineOptions, pointDocument, warnHindsight } from "./line.js";
import { FIXTURE_TITLE, fixtureDocument, fixtureNames, lineOf, withFixtures } from "./price-row.js";

const COLUMNS: readonly Column[] = [
  { key: "market", title: "market" },
  { key: "lineText", title: "line", align: "right" },
  { key: "runner", title: "runner" },
  { key: "side", title: "side" },
  { key: "price", title: "best", align: "right" },
  { key: "source", title: "at" },
  { key: "second", title: "second", align: "right" },
  { key: "sources", title: "sources", align: "right" },
  { key: "overround", title: "best book", digits: 3 },
  { key: "observedAt", title: "observed (UTC)" },
];

export async function best(app: App, options: LineOptions): Promise<void> {
  const warehouse = await app.warehouse("read");
  const fixtures = await findFixtures(app, options);
  const prices = await pricesAtPoint(warehouse, fixtures, options, options.line);
  const all = bestPrices(prices, await sourceKinds(warehouse));
  refuseNoPrices(all, options, fixtureNames(fixtures));
  const rows = withFixtures(
    inRange(all, options).map(({ market, line, observedAt, ...one }) => ({
      ...one,
      market,
      ...lineOf(market, line),
      observedAt: formatInstant(observedAt),
    })),
    fixtures,
  );
  present(app, {
    schema: "statistico/odds-best@1",
    document: { ...fixtureDocument(fixtures), ...pointDocument(options.line), selections: rows },
    columns: fixtures.length === 1 ? COLUMNS : [...FIXTURE_TITLE, ...COLUMNS],
    rows,
  });
  app.console.say(
    `${fixtureNames(fixtures)}: best of up to ${Math.max(...all.map((one) => one.sources))} sources at ${formatPricePoint(options.line)}`,
  );
  warnHindsight(app, options.line);
}
