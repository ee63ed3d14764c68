import type { Instant } from "../core/clock.js";
import { startOfDay } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import type { MarketView } from "../models/forecaster.js";
import type { OwnPrices } from "../models/market-anchored.js";
import type { Warehouse } from "../warehouse/port.js";
import type { History } from "./history.js";
import { EARLY_TRUST, marketViewOf, TRUSTED_SOURCES } from "./market-view.js";

/** Own early prices of coming fixtures as known at `asOf`, whatever day is asked for. */
export async function readOwnPrices(
  warehouse: Pick<Warehouse, "prices">,
  fixtures: readonly Fixture[],
  asOf: Instant,
): Promise<OwnPrices> {
  const ids = fixtures.map(({ id }) => id);
  const prices =
    ids.length === 0
      ? []
      : await warehouse.prices({
          ids,
          asOf,
          markets: ["MATCH_ODDS", "OVER_UNDER_25"],
          sources: TRUSTED_SOURCES,
          moments: ["early"],
        });
  const views = new Map<number, MarketView | null>();
  for (const id of ids)
    views.set(
      id,
      marketViewOf(
        prices.filter(({ fixtureId }) => fixtureId === id),
        "early",
        EARLY_TRUST,
      ),
    );
  return ({ id }) => views.get(id) ?? null;
}

/** Own early prices of past matches, where all of them were observed before the start of the day asked for. */
export function pastOwnPrices({ matches }: History): OwnPrices {
  const known = new Map(
    matches.map(({ observation, early, earlyAt }) => [observation.fixture.id, { early, earlyAt }]),
  );
  return ({ id }, asOf) => {
    const own = known.get(id);
    return own === undefined || own.earlyAt === null || own.earlyAt > startOfDay(asOf) ? null : own.early;
  };
}
