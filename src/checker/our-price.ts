import type { PriceSnapshot, PriceSource } from "../domain/price.js";
import type { CompiledPrice } from "../warehouse/port.js";

/** Our own compiled prices, as a source among the others. */
export const OURS: PriceSource = { code: "STATISTICO", name: "Our own fair price", kind: "model" };

/** A fair price of ours where a quoted one would stand. */
export interface OurPrice extends PriceSnapshot {
  readonly model: string;
}

/** Our fair prices as ticks of `OURS`, seen when they were compiled; without size, for nobody offers them. */
export function ourPrices(compiled: readonly CompiledPrice[]): readonly OurPrice[] {
  return compiled
    .filter(({ fairPrice }) => fairPrice > 1 && Number.isFinite(fairPrice))
    .map(({ fixtureId, market, runner, line, fairPrice, asOf, model }) => ({
      fixtureId,
      market,
      runner,
      line,
      source: OURS.code,
      side: "BACK",
      moment: "tick",
      price: fairPrice,
      size: null,
      observedAt: asOf,
      model,
    }));
}
