import { formatInstant } from "../../core/day.js";
import type { CompiledPrice } from "../port.js";
import type { Connection } from "./connection.js";
import { recordEvent } from "./event.js";

/** An event for the prices that one model gave a fixture at one instant. */
export function announceCompiled(connection: Connection, prices: readonly CompiledPrice[]): void {
  for (const group of byOccasion(prices)) {
    const [{ fixtureId, model, modelVersion, asOf }] = group;
    recordEvent(connection, {
      type: "odds.compiled",
      fixtureId,
      modelVersion,
      at: connection.clock.now(),
      payload: { model, asOf: formatInstant(asOf), prices: group.map(payloadOf) },
    });
  }
}

type Group = [CompiledPrice, ...CompiledPrice[]];

function byOccasion(prices: readonly CompiledPrice[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const price of prices) {
    const key = JSON.stringify([price.fixtureId, price.model, price.modelVersion, price.asOf]);
    const group = groups.get(key);
    if (group) group.push(price);
    else groups.set(key, [price]);
  }
  return groups.values();
}

function payloadOf({ market, line, runner, probability, low, high, fairPrice }: CompiledPrice) {
  return { market, line: line / 4, runner, probability, low, high, fairPrice };
}
