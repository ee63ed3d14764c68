import type { Side } from "../domain/price.js";
import { edgeOf } from "./edge.js";
import { inRange } from "./filter.js";
import type { Strategy } from "./strategy.js";
import type { RunnerView } from "./view.js";

export type Doubt =
  | { readonly kind: "agreed"; readonly reasons: readonly string[] }
  | { readonly kind: "doubted"; readonly text: string };

/** Whether the confirming model sees an edge at the same price. */
export function secondDoubt(
  { confirm }: Strategy,
  { second, runner }: RunnerView,
  side: Side,
  price: number,
  commission: number,
): Doubt {
  if (confirm === null) return { kind: "agreed", reasons: [] };
  if (!second) return { kind: "doubted", text: `${confirm.model.name} does not price ${runner}` };
  const edge = edgeOf(side, second.shares, price, commission);
  const text = `${confirm.model.name} sees an edge of ${(100 * edge).toFixed(2)}%`;
  return inRange(edge, confirm.edge) ? { kind: "agreed", reasons: [text] } : { kind: "doubted", text };
}
