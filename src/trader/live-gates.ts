import { StatisticoError } from "../core/errors.js";
import type { Strategy } from "../strategy/strategy.js";
import { AMOUNT_LIMITS, type TradingLimits } from "./limits.js";

/**
 * Everything that real money, or its practice, needs and that can be known before the venue is asked.
 *
 * Throws   StatisticoError("usage") naming the first thing that is missing.
 */
export function refuseUnready(
  strategies: readonly { readonly strategy: Pick<Strategy, "name" | "live">; readonly file: string }[],
  limits: TradingLimits | null,
  confirm: string | undefined,
): void {
  const closed = strategies.find(({ strategy }) => !strategy.live.enabled);
  if (closed)
    throw new StatisticoError(
      "usage",
      `strategy ${closed.strategy.name} may not be traded live: ${closed.file} does not say live.enabled`,
      "live: { enabled: true }",
    );
  if (limits === null)
    throw new StatisticoError(
      "usage",
      "live trading needs limits, and there is no limits file",
      "--limits limits.yaml",
    );
  const missing = AMOUNT_LIMITS.filter((name) => limits[name] === null).map((name) =>
    name.replace("Minor", ""),
  );
  if (missing.length > 0)
    throw new StatisticoError(
      "usage",
      `live trading needs every amount limited, was without ${missing.join(", ")}`,
      `add to the limits file: ${missing[0]}: 10`,
    );
  if (confirm === undefined)
    throw new StatisticoError(
      "usage",
      "live trading needs the account's name typed out",
      "--confirm ACCOUNT",
    );
}
