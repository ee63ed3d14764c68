import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "../../app.js";
import { modelsOf } from "../../backtest/model.js";
import { viewerOf } from "../../backtest/sight-now.js";
import { FORECASTERS } from "../../compiler/forecasters.js";
import { DAY_MS } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { BETFAIR } from "../../exchange/betfair/profile.js";
import { openPaperOrders } from "../../exchange/paper/order-file.js";
import { paperVenue } from "../../exchange/paper/venue.js";
import type { Venue } from "../../exchange/venue.js";
import type { Picker } from "../../strategy/pick.js";
import { commissionOf, type Strategy } from "../../strategy/strategy.js";
import { type BetBook, openBetBook } from "../../trader/bet-book.js";
import type { Desk, TradedStrategy } from "../../trader/desk.js";
import { haltReason } from "../../trader/halt.js";
import type { TradingLimits } from "../../trader/limits.js";
import { paperEndings } from "../../trader/paper-endings.js";
import { EXCHANGE_SOURCE } from "../../trader/quoted.js";
import { readLimits } from "../../trader/read-limits.js";
import type { Trading } from "../../trader/run.js";
import { STORED_PRICE_AGE_MS, storedPrices } from "../../trader/stored-prices.js";
import type { TraderClock } from "../../trader/trader-clock.js";
import type { Ledger, LedgerMode } from "../../warehouse/ledger/port.js";
import { practiceFolder } from "../practice/run.js";
import { betfairVenue } from "./betfair-venue.js";
import { ledgerPath, stopFile } from "./ledger-place.js";
import type { TradingFlags } from "./trading-options.js";

export interface LoadedStrategy {
  readonly file: string;
  readonly strategy: Strategy;
  readonly picker: Picker | null;
}

/** Limits of the file named, or of limits.yaml beside the configuration; null when there is none. */
export function limitsOf(app: App, given: string | undefined): TradingLimits | null {
  const path = given ?? join(dirname(app.config.path), "limits.yaml");
  if (!existsSync(path)) {
    if (given === undefined) return null;
    throw new StatisticoError("usage", `no limits file at ${path}`, "--limits limits.yaml");
  }
  return readLimits(readFileSync(path, "utf8"), path);
}

/** Everything that a trader works with, and how it is put away. */
export interface OpenedTrading {
  readonly trading: Trading;
  readonly desk: Desk;
  close(): Promise<void>;
}

export interface Opening {
  readonly mode: LedgerMode;
  readonly limits: TradingLimits;
  readonly ledger: Ledger;
  readonly strategies: readonly LoadedStrategy[];
  readonly mostAttempts: number;
  /** Ends a sleep early. */
  readonly signal: AbortSignal;
}

export async function openTrading(app: App, flags: TradingFlags, opening: Opening): Promise<OpenedTrading> {
  const { mode, ledger, strategies, mostAttempts } = opening;
  const warehouse = await app.warehouse("read");
  const book = openBetBook(ledger);
  const opened = flags.profile === undefined && mode === "paper" ? null : await remoteVenue(app, flags);
  const clock = traderClock(opened?.clock ?? app.clock, opening.signal, opened?.clock.real);
  const stored = mode === "paper" && opened === null;
  const venue =
    mode === "paper"
      ? await onPaper(app, { flags, book, strategies, clock, prices: opened?.venue ?? null })
      : requireVenue(opened?.venue);
  const stop = stopFile(app);
  return {
    trading: {
      ledger,
      book,
      venue,
      clock,
      limits: stored ? withOldPrices(opening.limits) : opening.limits,
      mode,
      mostAttempts,
      halted: () => (existsSync(stop) ? `trading was stopped: ${stop} is there` : haltReason(ledger)),
      warn: (line) => app.console.warn(line),
    },
    desk: {
      mode,
      strategies: strategies.map((loaded) => traded(loaded, warehouse)),
      warehouse,
      horizonMs: 7 * DAY_MS,
    },
    close: async () => {
      await venue.close();
      if (opened !== null && opened.venue !== venue) await opened.venue.close();
    },
  };
}

/** Stored prices are as old as the last ingest: on paper that is said, and not refused. */
function withOldPrices(limits: TradingLimits): TradingLimits {
  return { ...limits, maxPriceAgeMs: Math.max(limits.maxPriceAgeMs, STORED_PRICE_AGE_MS) };
}

function traded(
  { strategy, picker }: LoadedStrategy,
  warehouse: Parameters<typeof viewerOf>[0],
): TradedStrategy {
  return { strategy, picker, look: viewerOf(warehouse, strategy, modelsOf(strategy, FORECASTERS)) };
}

interface Remote {
  readonly venue: Venue;
  readonly clock: { now(): number; readonly real?: (ms: number) => number };
}

async function remoteVenue(app: App, flags: TradingFlags): Promise<Remote> {
  if (flags.profile === "practice") {
    const { openPracticeVenue } = await import("../../exchange/practice/open-venue.js");
    return openPracticeVenue(practiceFolder(app, flags.folder));
  }
  if (flags.profile !== undefined && flags.profile !== "betfair")
    throw new StatisticoError(
      "usage",
      `a profile is practice or betfair, was ${flags.profile}`,
      "--profile practice",
    );
  if (flags.credentialsFile === undefined)
    throw new StatisticoError(
      "authentication",
      `${BETFAIR.name} needs credentials`,
      "--credentials-file FILE",
    );
  return { venue: await betfairVenue(app, flags.credentialsFile), clock: app.clock };
}

function requireVenue(venue: Venue | undefined): Venue {
  if (venue) return venue;
  throw new StatisticoError("usage", "real money needs a venue", "--profile betfair");
}

interface PaperParts {
  readonly flags: TradingFlags;
  readonly book: BetBook;
  readonly strategies: readonly LoadedStrategy[];
  readonly clock: TraderClock;
  readonly prices: Venue | null;
}

async function onPaper(app: App, { flags, book, strategies, clock, prices }: PaperParts): Promise<Venue> {
  const warehouse = await app.warehouse("read");
  const past = [...book.bets()].map(({ intent }) => intent);
  const leagues = [
    ...strategies.flatMap(({ strategy }) => strategy.leagues),
    ...past.map(({ league }) => league),
  ];
  const sources = [
    ...strategies.flatMap(({ strategy }) => strategy.prices.sources),
    ...past.map(({ why }) => why.source),
  ];
  const rates = strategies[0]?.strategy;
  return paperVenue({
    prices:
      prices ??
      storedPrices({
        warehouse,
        leagues: [...new Set(leagues)],
        sources: [...new Set(sources)],
        commissionOf: (source) => (rates ? commissionOf(rates, source) : 0),
        clock,
      }),
    orders: openPaperOrders(`${ledgerPath(app, "paper", flags.ledger)}.orders`),
    endings: paperEndings(warehouse, () => book, clock),
    clock,
    bankMinor: strategies.reduce((sum, { strategy }) => sum + strategy.bankMinor, 0),
    currency: flags.currency ?? "GBP",
  });
}

function traderClock(
  clock: { now(): number },
  signal: AbortSignal,
  real: (ms: number) => number = (ms) => ms,
): TraderClock {
  const start = performance.now();
  // Practice time may run faster than the wall's: so do ages.
  const scale = 1 / real(1);
  return {
    now: () => clock.now(),
    monotonic: () => (performance.now() - start) * scale,
    sleep: (ms) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, Math.ceil(real(ms)));
        signal.addEventListener("abort", done);
      }),
  };
}

/** Strategies on an exchange can only bet its own prices; on stored prices, whatever they name. */
export function refuseSources({ strategy, file }: LoadedStrategy, flags: TradingFlags): void {
  if (flags.profile === undefined || strategy.prices.sources.includes(EXCHANGE_SOURCE)) return;
  throw new StatisticoError(
    "usage",
    `strategy ${strategy.name} of ${file} does not bet the exchange's prices, was ${strategy.prices.sources.join(", ")}`,
    `prices: { sources: [${EXCHANGE_SOURCE}] }`,
  );
}
