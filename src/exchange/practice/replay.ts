import type { Instant } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import { advance, apply, createExchange } from "./exchange.js";
import type { Exchange } from "./exchange-state.js";
import { type JournalEntry, operationsOf } from "./journal.js";

/** The exchange that a journal tells of, as it stands at `now`. */
export function replay(entries: readonly JournalEntry[], now: Instant): Exchange {
  const first = entries[0];
  if (first?.kind !== "opened")
    throw new StatisticoError("data", "the journal has no beginning", "statistico practice --fresh");
  const exchange = createExchange(first.options);
  for (const operation of operationsOf(entries)) apply(exchange, operation, () => {});
  advance(exchange, now);
  return exchange;
}
