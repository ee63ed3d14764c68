import type { Command } from "commander";
import type { LedgerMode } from "../../warehouse/ledger/port.js";

/** Flags that say whose prices and whose money. */
export function tradingOptions(command: Command): Command {
  return command
    .option("--live", "real money, or the practice exchange's; paper without it")
    .option("--profile <name>", "practice or betfair: whose prices; stored ones without it")
    .option(
      "--limits <file>",
      "limits on what may be at risk (default: limits.yaml beside the configuration)",
    )
    .option("--ledger <file>", "where bets are kept (default: paper.ledger, ... beside the database)")
    .option("--credentials-file <file>", "for Betfair: mode 0600, JSON")
    .option("--folder <path>", "where the practice exchange keeps its state")
    .option("--currency <code>", "of money on paper (default: GBP)");
}

/** Whose prices and whose money: flags that trade, reconcile and settle share. */
export interface TradingFlags {
  readonly live?: boolean;
  /** "practice" or "betfair"; paper without one bets on stored prices. */
  readonly profile?: string;
  readonly limits?: string;
  readonly ledger?: string;
  readonly credentialsFile?: string;
  readonly folder?: string;
  readonly currency?: string;
}

export function modeOf({ live, profile }: TradingFlags): LedgerMode {
  if (live !== true) return "paper";
  return profile === "practice" ? "practice" : "live";
}
