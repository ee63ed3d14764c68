import type { App } from "../../app.js";
import { StatisticoError } from "../../core/errors.js";
import type { ExchangeMarket } from "../../warehouse/port.js";

/** A recorded market by its id. Throws StatisticoError for one that is not there. */
export async function marketById(app: App, id: string): Promise<ExchangeMarket> {
  const [market] = await (await app.warehouse("read")).exchangeMarkets({ marketIds: [id] });
  if (market === undefined)
    throw new StatisticoError("data", `no recorded market, was ${id}`, "statistico market list");
  return market;
}

/** What is known of a market's closing prices, in words; `closing` as the warehouse has it. */
export function closingWords(closing: string): string {
  if (closing === "in-play") return "closing prices before it turned in play";
  return closing === "closed" ? "closing prices before its close" : `no closing price: ${closing}`;
}
