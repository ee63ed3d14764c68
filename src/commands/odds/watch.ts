import { setTimeout } from "node:timers/promises";
import type { App } from "../../app.js";
import { type Polled, pollDue } from "../../checker/poll.js";
import { type Checker, surveyPolls } from "../../checker/survey.js";
import { watchPrices } from "../../checker/watch.js";
import { formatInstant } from "../../core/day.js";
import { EXIT } from "../../core/errors.js";
import { type Column, present } from "../../report/present.js";
import { checkerOf, type PollOptions, spanText } from "./checker.js";

interface Options extends PollOptions {
  readonly once?: boolean;
}

const COLUMNS: readonly Column[] = [
  { key: "source", title: "source" },
  { key: "requests", title: "requests", align: "right" },
  { key: "stored", title: "stored", align: "right" },
  { key: "unchanged", title: "unchanged", align: "right" },
  { key: "failed", title: "failed", align: "right" },
  { key: "prices", title: "new prices", align: "right" },
  { key: "lastError", title: "last failure" },
];

/** What became of a source's requests. */
interface Tally {
  readonly source: string;
  requests: number;
  stored: number;
  unchanged: number;
  failed: number;
  prices: number;
  lastError: string;
}

/** Only one process at a time watches a database. The first signal ends the watch in good order. */
export async function watch(app: App, options: Options): Promise<void> {
  const warehouse = await app.warehouse("update");
  const lock = await app.lock("odds watch");
  const stop = new AbortController();
  const end = (signal: NodeJS.Signals): void => stop.abort(signal);
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    const checker = await checkerOf(app, warehouse, options);
    const tallies = await (options.once ? once(checker, stop.signal) : on(app, checker, stop.signal));
    show(app, [...tallies.values()]);
    if (stop.signal.aborted)
      process.exitCode = stop.signal.reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
  } finally {
    process.removeListener("SIGINT", end).removeListener("SIGTERM", end);
    lock.release();
  }
}

type Tallies = ReadonlyMap<string, Tally>;

async function once(checker: Checker, signal: AbortSignal): Promise<Tallies> {
  const tallies = emptyTallies(checker);
  await pollDue(checker, await surveyPolls(checker), signal, (polled) => count(tallies, polled));
  return tallies;
}

async function on(app: App, checker: Checker, signal: AbortSignal): Promise<Tallies> {
  const tallies = emptyTallies(checker);
  app.console.say(`watching ${checker.sources.map(({ code }) => code).join(", ")}; stop with Ctrl-C`);
  await watchPrices(checker, {
    signal,
    sleep: (ms, stopped) => setTimeout(ms, undefined, { signal: stopped }),
    onPolled: (polled) => {
      count(tallies, polled);
      app.console.say(polledText(polled));
    },
    onTrouble: ({ message }) => app.console.warn(`${message}; trying again`),
    onRest: (planned, until) =>
      app.console.detail(`${planned.length} requests planned, looking again at ${formatInstant(until)}`),
  });
  return tallies;
}

function emptyTallies({ sources }: Checker): Map<string, Tally> {
  const none = { requests: 0, stored: 0, unchanged: 0, failed: 0, prices: 0, lastError: "" };
  return new Map(sources.map(({ code }) => [code, { source: code, ...none }]));
}

function count(tallies: Tallies, { source, outcome }: Polled): void {
  const tally = tallies.get(source);
  if (!tally) return;
  tally.requests++;
  tally[outcome.kind]++;
  if (outcome.kind === "stored") tally.prices += outcome.prices;
  if (outcome.kind === "failed") tally.lastError = outcome.reason;
}

function polledText({ source, request, at, tookMs, outcome }: Polled): string {
  const about = `${formatInstant(at)} ${source} ${request}`;
  if (outcome.kind === "failed") return `${about}: failed: ${outcome.reason}`;
  const news = outcome.kind === "stored" ? `${outcome.prices} new prices` : "unchanged";
  return `${about}: ${news} in ${spanText(tookMs)}`;
}

function show(app: App, tallies: readonly Tally[]): void {
  const rows = tallies.map((tally) => ({ ...tally }));
  present(app, {
    schema: "statistico/odds-watch@1",
    document: { asOf: formatInstant(app.clock.now()), sources: rows },
    columns: COLUMNS,
    rows,
  });
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, one) => total + of(one), 0);
  const [requests, failed] = [sum((one) => one.requests), sum((one) => one.failed)];
  app.console.say(
    requests === 0
      ? "nothing was due; statistico odds plan"
      : `${requests} requests: ${sum((one) => one.prices)} new prices, ${failed} failed`,
  );
  if (requests > 0 && failed === requests) process.exitCode = EXIT.data;
}
