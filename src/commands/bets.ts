import { existsSync } from "node:fs";
import type { App, Define } from "../app.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { present, type Row } from "../report/present.js";
import type { Bet } from "../trader/bet.js";
import { type BetBook, openBetBook } from "../trader/bet-book.js";
import { LEDGER_MODES, type LedgerMode } from "../warehouse/ledger/port.js";
import { choiceFlag, countFlag } from "./shared/flags.js";
import { ledgerPath } from "./shared/ledger-place.js";
import { betRow, intentRow } from "./shared/trade-rows.js";

interface Options {
  readonly mode: LedgerMode;
  readonly ledger?: string;
  readonly state?: string;
  readonly strategy?: string;
  readonly key?: string;
  readonly denied?: boolean;
  readonly verify?: boolean;
  readonly limit: number;
}

const EXAMPLES = `Examples:
  statistico bets                                        bets on paper, the latest first
  statistico bets --mode live --state unknown
  statistico bets --key 'paper|value|...'                everything one bet was decided on
  statistico bets --denied                               wishes that a control refused, and which
  statistico bets --verify --mode live                   is the ledger what was written
`;

const COLUMNS = [
  "fixture",
  "market",
  "runner",
  "side",
  "price",
  "stake",
  "state",
  "matched",
  "profit",
  "reason",
].map((key) => ({ key, title: key }));

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--mode <mode>", "paper, live or practice", choiceFlag("--mode", LEDGER_MODES), "paper")
    .option("--ledger <file>", "another ledger of that mode")
    .option("--state <state>", "only bets in this state, like unknown or matched")
    .option("--strategy <name>", "only bets of this strategy")
    .option("--key <key>", "one bet, with everything it was decided on")
    .option("--denied", "wishes that a control refused")
    .option("--verify", "read every entry and say whether it is what was written")
    .option("--limit <n>", "so many at most", countFlag, 50)
    .action(withApp(bets));
};

async function bets(app: App, options: Options): Promise<void> {
  const path = ledgerPath(app, options.mode, options.ledger);
  if (options.ledger === undefined && !existsSync(path)) return noLedger(app, options.mode, path);
  const ledger = await app.ledger(path, options.mode, "read");
  try {
    const verdict = ledger.verify();
    if (verdict.kind === "damaged")
      throw new StatisticoError(
        "data",
        `the ledger is damaged: ${ledger.path}: ${verdict.place}: ${verdict.reason}`,
        "keep the file and restore a backup",
      );
    const book = openBetBook(ledger);
    if (options.verify)
      app.console.say(`${verdict.head.seq} entries, all as written, head ${verdict.head.hash}`);
    else if (options.key !== undefined) explain(app, book, options.key);
    else list(app, book, options);
  } finally {
    ledger.close();
  }
}

/** Nothing was ever bet: that is an answer. */
function noLedger(app: App, mode: LedgerMode, path: string): void {
  present(app, { schema: "statistico/bets@1", document: { mode, bets: [] }, columns: COLUMNS, rows: [] });
  app.console.say(`no bets on ${mode}: there is no ${path}`);
}

function list(app: App, book: BetBook, options: Options): void {
  const rows = options.denied ? deniedRows(book) : betRows(book, options);
  const shown = rows.slice(0, options.limit);
  present(app, {
    schema: "statistico/bets@1",
    document: { mode: options.mode, bets: shown },
    columns: COLUMNS,
    rows: shown,
  });
  app.console.say(
    `${shown.length} of ${rows.length} ${options.denied ? "refused wishes" : "bets"} on ${options.mode}`,
  );
}

function betRows(book: BetBook, { state, strategy }: Options): Row[] {
  return [...book.bets()]
    .filter((bet) => state === undefined || bet.state.stage === state.toUpperCase().replaceAll("-", "_"))
    .filter((bet) => strategy === undefined || bet.intent.strategy === strategy)
    .reverse()
    .map(betRow);
}

function deniedRows(book: BetBook): Row[] {
  return [...book.denials()].reverse().map(({ intent, verdicts }) => {
    const last = verdicts.at(-1);
    return { ...intentRow(intent), state: "DENIED", reason: `${last?.control}: ${last?.refusal}` };
  });
}

function explain(app: App, book: BetBook, key: string): void {
  const bet = book.bet(key);
  if (!bet) throw new StatisticoError("data", `no bet of this key, was ${key}`, "statistico bets --json");
  present(app, {
    schema: "statistico/bet@1",
    document: { bet: { ...bet.intent, state: bet.state, verdicts: bet.verdicts } },
    columns: [],
    rows: [betRow(bet)],
    text: () => explanation(bet),
  });
}

function explanation({ intent, state, intendedAt, verdicts }: Bet): string {
  const { why } = intent;
  const lines = [
    `${intent.side} ${intent.runner} of ${intent.market} in ${intent.fixture}, ${(intent.sizeMinor / 100).toFixed(2)} at ${intent.price} or better`,
    `state ${state.stage}${state.code ? ` (${state.code})` : ""}, bet ${state.order?.betId ?? "none"}`,
    `intended ${formatInstant(intendedAt)}, decided on what was known ${formatInstant(why.asOf)}`,
    `price seen ${why.quotedPrice} of ${why.source}, observed ${formatInstant(why.observedAt)}`,
    `model ${why.modelVersion}: probability ${why.probability.toFixed(4)}, edge ${(100 * why.edge).toFixed(2)}%`,
    `because ${why.because}`,
    `references ${intent.orderRef} ${intent.strategyRef}; market ${intent.marketId}, version ${intent.marketVersion}`,
    ...state.attempts.map(({ at }, index) => `attempt ${index + 1} ${formatInstant(at)}`),
    `controls passed: ${verdicts.map(({ control }) => control).join(", ")}`,
    ...(state.settled
      ? [
          `settled ${formatInstant(state.settled.settledAt)}: ${(state.settled.profitMinor / 100).toFixed(2)} before commission of ${((state.commissionMinor ?? 0) / 100).toFixed(2)}`,
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
