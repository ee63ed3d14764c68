import type { Command } from "commander";

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
