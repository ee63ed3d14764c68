import type { App } from "../../app.js";
import { formatPricePoint, type PricePoint } from "../../domain/price-point.js";
import { present } from "../../report/present.js";
import {
  findFixtures,
  inRange,
  pricesAtPoint,
  refuseNoPrices,
  sourceKinds,
  type WantedFixtures,
} from "./chosen.js";
import {
  FIXTURE_TITLE,
  fixtureDocument,
  fixtureNames,
  PRICE_COLUMNS,
  priceRow,
  withFixtures,
} from "./price-row.js";

export interface LineOptions extends WantedFixtures {
  readonly line: PricePoint;
  readonly minPrice?: number;
  readonly maxPrice?: number;
}

export async function line(app: App, options: LineOptions): Promise<void> {
  const warehouse = await app.warehouse("read");
  const fixtures = await findFixtures(app, options);
  const chosen = await pricesAtPoint(warehouse, fixtures, options, options.line);
  refuseNoPrices(chosen, options, fixtureNames(fixtures));
  const kinds = await sourceKinds(warehouse);
  const prices = inRange(chosen, options);
  const rows = withFixtures(
    prices.map((price) => priceRow(price, kinds)),
    fixtures,
  );
  present(app, {
    schema: "statistico/odds-line@1",
    document: { ...fixtureDocument(fixtures), ...pointDocument(options.line), prices: rows },
    columns: fixtures.length === 1 ? PRICE_COLUMNS : [...FIXTURE_TITLE, ...PRICE_COLUMNS],
    rows,
  });
  const left = chosen.length - prices.length;
  app.console.say(
    `${fixtureNames(fixtures)}: ${prices.length} prices at ${formatPricePoint(options.line)}${left > 0 ? `, ${left} out of range` : ""}`,
  );
  warnHindsight(app, options.line);
}

/** What was chosen, and whether anybody could have known it then. */
export function pointDocument(point: PricePoint): { line: string; hindsight: boolean } {
  return { line: formatPricePoint(point), hindsight: point.kind === "max" };
}

export function warnHindsight(app: App, point: PricePoint): void {
  if (point.kind === "max") app.console.say("max is hindsight: nobody could know it before the match");
}
