import { type FiveWay, formatLine } from "../../compiler/five-way.js";
import type { MarketSheet } from "../../compiler/sheet.js";
import { MARKETS, type Market } from "../../domain/market.js";
import type { Row } from "../../report/present.js";

export interface PriceRow extends Row {
  readonly market: Market;
  readonly runner: string;
  readonly probability: number;
  readonly fairPrice: number | null;
  /** Full win, half win, push, half loss, full loss; "" for a market without a line. */
  readonly split: string;
}

/** A row a runner of the wanted markets, in the field's order. */
export function priceRows(sheet: MarketSheet, wanted: readonly Market[]): PriceRow[] {
  return MARKETS.filter((market) => wanted.includes(market)).flatMap((market) =>
    market === "ASIAN_HANDICAP" || market === "ALT_TOTAL_GOALS"
      ? lineRows(sheet, market)
      : plainRows(sheet, market),
  );
}

function plainRows(
  sheet: MarketSheet,
  market: Exclude<Market, "ASIAN_HANDICAP" | "ALT_TOTAL_GOALS">,
): PriceRow[] {
  return Object.entries(sheet[market] ?? {}).map(([runner, probability]) => ({
    market,
    runner,
    probability,
    fairPrice: probability > 0 ? 1 / probability : null,
    split: "",
  }));
}

/** Lines in order, those that could win either way: the far ones say nothing a person reads. */
function lineRows(sheet: MarketSheet, market: "ASIAN_HANDICAP" | "ALT_TOTAL_GOALS"): PriceRow[] {
  return Object.entries<Readonly<Record<string, FiveWay>>>(sheet[market])
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([line, sides]) =>
      Object.entries(sides).map(([side, split]) => ({
        market,
        runner: `${side.toUpperCase()} ${market === "ASIAN_HANDICAP" && side === "away" ? formatLine(-4 * Number(line)) : line}`,
        probability: split.fairPrice > 1 ? 1 / split.fairPrice : 1,
        fairPrice: split.fairPrice,
        split: [split.fullWin, split.halfWin, split.push, split.halfLoss, split.fullLoss]
          .map((p) => p.toFixed(3))
          .join(" "),
      })),
    )
    .filter(({ fairPrice }) => fairPrice !== null && fairPrice > 1.25 && fairPrice < 5);
}
