import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "../../app.js";
import type { Instant } from "../../core/clock.js";
import { formatInstant } from "../../core/day.js";
import { EXIT, StatisticoError } from "../../core/errors.js";
import { CALM, type FaultRates, readFaults, STORM } from "../../exchange/practice/faults.js";
import { readJournal } from "../../exchange/practice/journal.js";
import { madeUpFixtures } from "../../exchange/practice/made-up-fixtures.js";
import type { PracticeFixture } from "../../exchange/practice/match-script.js";
import type { Pacing } from "../../exchange/practice/practice-clock.js";
import { type Running, serve } from "../../exchange/practice/serve.js";
import { readProfile, stateFolder } from "../../exchange/practice/state-folder.js";
import { reading } from "../../files/read-capped.js";
import { present } from "../../report/present.js";

export interface RunOptions {
  readonly port: number;
  readonly seed: number;
  readonly markets: number;
  readonly league?: string;
  readonly at?: Instant;
  readonly speed: number;
  readonly balance: number;
  readonly faults?: string;
  readonly script?: string;
  readonly folder?: string;
  readonly fresh?: boolean;
}

const MARKETS_A_MATCH = 3;

/** Where the practice exchange of a database keeps its state, unless it is told. */
export function practiceFolder(app: App, folder: string | undefined): string {
  return folder ?? join(dirname(app.databasePath), "practice");
}

/** Play until told to stop. */
export async function runPractice(app: App, options: RunOptions): Promise<void> {
  const folder = practiceFolder(app, options.folder);
  if (options.fresh)
    for (const path of [stateFolder(folder).journal, stateFolder(folder).profile])
      rmSync(path, { force: true });
  const now = app.clock.now();
  const resumes = readJournal(stateFolder(folder).journal).length > 0;
  const begun = resumes ? readProfile(folder).pacing : null;
  const pacing: Pacing = begun ?? { wall: now, from: options.at ?? now, speed: options.speed };
  const running = await serve({
    folder,
    exchange: {
      seed: options.seed,
      startsAt: pacing.from,
      fixtures: resumes ? [] : await fixturesOf(app, options, pacing.from),
      balanceMinor: options.balance * 100,
    },
    pacing,
    rates: ratesOf(options.faults),
    allErrors: options.script === "all-errors",
    port: options.port,
    wall: now,
  });
  report(app, running, folder, pacing);
  await untilTold();
  await running.close();
  app.console.say(`the practice exchange has closed; it goes on where it was: ${folder}`);
}

async function fixturesOf(app: App, options: RunOptions, from: Instant): Promise<readonly PracticeFixture[]> {
  const { league, markets } = options;
  const most = Math.ceil(markets / MARKETS_A_MATCH);
  if (league === undefined) return madeUpFixtures(most, from);
  const warehouse = await app.warehouse("read");
  const fixtures = (await warehouse.fixtures({ leagues: [league] }))
    .filter(({ kickOff }) => kickOff > from)
    .sort((a, b) => a.kickOff - b.kickOff || a.id - b.id)
    .slice(0, most);
  if (fixtures.length === 0)
    throw new StatisticoError(
      "data",
      `no fixture of ${league} begins after ${formatInstant(from)}`,
      `statistico fixtures --league ${league} --all`,
    );
  return fixtures.map(({ home, away, kickOff }) => ({ home: home.name, away: away.name, league, kickOff }));
}

function ratesOf(faults: string | undefined): FaultRates {
  if (faults === undefined) return CALM;
  if (faults === "storm") return STORM;
  return readFaults(
    reading(faults, (path) => readFileSync(path, "utf8")),
    faults,
  );
}

function report(app: App, running: Running, folder: string, { speed }: Pacing): void {
  const { httpPort, streamPort, exchange, resumed } = running;
  const matches = exchange.options.fixtures.length;
  const first = Math.min(...exchange.options.fixtures.map(({ kickOff }) => kickOff));
  const row = {
    api: `https://localhost:${httpPort}`,
    stream: `localhost:${streamPort}`,
    folder,
    markets: exchange.markets.size,
    now: formatInstant(running.clock.now()),
    speed,
  };
  present(app, {
    schema: "statistico/practice@1",
    document: row,
    columns: Object.keys(row).map((key) => ({ key, title: key })),
    rows: [row],
  });
  app.console.say(
    `${resumed ? "taken up again" : "open"}: ${matches} matches, first kick-off ${formatInstant(first)}; all of it is made up; Ctrl-C ends it`,
  );
}

/** Until SIGINT or SIGTERM. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const end = (signal: NodeJS.Signals): void => {
      process.removeListener("SIGINT", end).removeListener("SIGTERM", end);
      process.exitCode = signal === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
      resolve();
    };
    process.on("SIGINT", end).on("SIGTERM", end);
  });
}
