import type { App } from "../../app.js";
import { present } from "../../report/present.js";
import { findFixture, ourHistory, refuseNoPrices, sourceKinds, type Wanted } from "./chosen.js";
import { fixtureDocument, fixtureNames, PRICE_COLUMNS, priceRow } from "./price-row.js";

interface Options extends Wanted {
  readonly fixture: number;
}

export async function history(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse("read");
  const fixture = await findFixture(warehouse, options.fixture);
  const ids = [fixture.id];
  const stored = await warehouse.prices({
    ids,
    markets: options.market,
    sources: options.source,
    everyVersion: true,
  });
  const prices = [...stored, ...(await ourHistory(warehouse, ids, options))];
  refuseNoPrices(prices, options, `fixture ${fixture.id}`);
  const kinds = await sourceKinds(warehouse);
  // Stable: prices of one instant stay as they are stored, the later version after the earlier.
  const rows = prices.sort((a, b) => a.observedAt - b.observedAt).map((price) => priceRow(price, kinds));
  present(app, {
    schema: "statistico/odds-history@1",
    document: { ...fixtureDocument([fixture]), prices: rows },
    columns: PRICE_COLUMNS,
    rows,
  });
  const sources = new Set(prices.map(({ source }) => source)).size;
  app.console.say(`${fixtureNames([fixture])}: ${prices.length} prices of ${sources} sources`);
}
