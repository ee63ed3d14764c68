import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRng } from "../../src/core/rng.js";

export interface Kills {
  /** Processes that were ended by SIGKILL, and that came to their end before it. */
  readonly kills: number;
  readonly survived: number;
  readonly intents: number;
  readonly placed: number;
  readonly lost: number;
  readonly dup: number;
  readonly orphan: number;
  readonly phantom: number;
  readonly wrong: number;
  readonly pnlDiff: number;
  readonly unresolved: number;
  /** Places outside the practice exchange's own folder where a secret of it was found. */
  readonly leaks: number;
}

export interface KillOptions {
  readonly root: string;
  readonly seed: number;
  readonly kills: number;
  /** Practice seconds for each of the wall's. */
  readonly speed: number;
  /** How long after the last kill the practice exchange goes on, so that matches end and bets are settled. */
  readonly afterMs: number;
  readonly log: (line: string) => void;
}

const LIMITS = `perBet: 10
perSelection: 100000
perMarket: 100000
perFixture: 100000
perStrategy: 100000
perDay: 100000
account: 100000
maxDailyLoss: 100000
maxPriceAge: 900
maxDrift: 0.5
maxUnknown: 1000
`;

const strategy = (name: string): string => `name: ${name}
leagues: [SIM1]
seasons: { from: 2025, to: 2026 }
markets: [MATCH_ODDS]
side: both
model: { name: fair-price, source: PS }
prices: { sources: [BFE], moment: early, maxOverround: 0.5 }
entry: { edge: { min: -0.2 } }
staking: { method: flat, stake: 2 }
bank: 100000
live: { enabled: true }
`;

/** Kill a real trader at random and at named points against a real practice exchange, and let its judge look. */
export async function killRuns(options: KillOptions): Promise<Kills> {
  const folder = mkdtempSync(join(tmpdir(), "statistico-kills-"));
  const place = placeOf(options, folder);
  writeFileSync(join(folder, "limits.yaml"), LIMITS);
  await place.run(["ingest", "football-data", "--from", join(options.root, "fixtures/sample"), "-q"]);
  const exchange = place.start([
    ...["practice", "--league", "SIM1", "--at", "2026-03-07T11:00:00Z", "--balance", "1000000"],
    ...["--seed", String(options.seed), "--faults", "storm", "--speed", String(options.speed)],
  ]);
  try {
    await exchange.said(/^open:/m);
    const counts = await killAll(options, folder, place);
    await sleep(options.afterMs);
    const verdict = await settleAndJudge(place);
    return { ...counts, ...verdict, leaks: leaksIn(folder, place.outputs) };
  } finally {
    exchange.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const LIVE = ["--live", "--profile", "practice"];

async function killAll({ seed, kills, log }: KillOptions, folder: string, place: Place) {
  const rng = createRng(seed, 11);
  const count = { kills: 0, survived: 0 };
  let usual = 0;
  for (let run = 0; count.kills < kills && run < 4 * kills; run++) {
    const name = `kill-${run}`;
    writeFileSync(join(folder, `${name}.yaml`), strategy(name));
    const words = ["trade", `${name}.yaml`, ...LIVE, "--confirm", "practice", "--once", "--json"];
    const spared = run < 2;
    const named = run % 2 === 0 && !spared;
    const started = performance.now();
    const { child, ended } = place.start(words, named ? { CHAOS_KILL: pointOf(rng) } : {});
    const timer =
      named || spared ? null : setTimeout(() => child.kill("SIGKILL"), usual * (0.5 + 0.55 * rng()));
    const { signal, code, stderr } = await ended;
    if (timer) clearTimeout(timer);
    if (signal === "SIGKILL") count.kills += 1;
    else {
      count.survived += 1;
      const took = performance.now() - started;
      usual = usual === 0 ? took : 0.7 * usual + 0.3 * took;
      if (code !== 0) log(`run ${run}: exit ${code}: ${stderr.trim().split("\n").slice(-2).join(" ")}`);
    }
    if (run % 20 === 19) log(`seed ${seed}: ${count.kills} killed, ${count.survived} not`);
  }
  return count;
}

function pointOf(rng: () => number): string {
  const nth = 2 + Math.floor(rng() * 50);
  const kind = Math.floor(rng() * 3);
  if (kind === 0) return `before:${nth}`;
  return kind === 1 ? `after:${nth}` : `after:${nth}+${Math.floor(rng() * 40)}`;
}

/** Reconcile until nothing is waited for, or it is clear that something never comes. */
async function settleAndJudge(place: Place) {
  let verdict = await auditOf(place);
  for (let tries = 0; tries < 40; tries++) {
    await place.run(["reconcile", ...LIVE, "--json"]);
    verdict = await auditOf(place);
    if (verdict.unresolved === verdict.waiting && verdict.unsettled === 0 && tries > 2) break;
    await sleep(1000);
  }
  const { intents, placed, lost, dup, orphan, phantom, wrong, pnlDiff, unknown } = verdict;
  return { intents, placed, lost, dup, orphan, phantom, wrong, pnlDiff, unresolved: unknown };
}

async function auditOf(place: Place) {
  const { stdout } = await place.run(["practice", "audit", "--ledger", "data/practice.ledger"]);
  const audit = JSON.parse(stdout) as Record<string, number>;
  const status = JSON.parse((await place.run(["status", "--json"])).stdout) as {
    readonly ledgers: readonly { readonly unknown: number }[];
  };
  const unknown = status.ledgers.reduce((sum, ledger) => sum + ledger.unknown, 0);
  const of = (key: string): number => audit[key] ?? Number.NaN;
  return {
    intents: of("intents"),
    placed: of("placed"),
    lost: of("lost"),
    dup: of("dup"),
    orphan: of("orphan"),
    phantom: of("phantom"),
    wrong: of("wrong"),
    pnlDiff: of("pnlDiff"),
    unresolved: of("unresolved"),
    unsettled: of("unsettled"),
    // Bets on matches that are still to be played stay open: only unknown ones are waited for.
    waiting: unknown === 0 ? of("unresolved") : -1,
    unknown,
  };
}

/** Look for passwords, keys and tokens in every output and in every file that is not the exchange's own. */
function leaksIn(folder: string, outputs: readonly string[]): number {
  const own = join(folder, "data/practice");
  const secrets = ["credentials.json", "session.json"].flatMap((name) => {
    const values = Object.values(
      JSON.parse(readFileSync(join(own, name), "utf8")) as Record<string, unknown>,
    );
    return values.filter(
      (value): value is string =>
        typeof value === "string" && value.length > 8 && !/\.(pem|key)$/.test(value),
    );
  });
  if (secrets.length < 3) throw new Error("there must be a password, a key and a token to look for");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(own))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  return [...outputs, ...files].filter((text) => secrets.some((secret) => text.includes(secret))).length;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Place {
  /** All that every process has said. */
  readonly outputs: string[];
  start(words: readonly string[], env?: Record<string, string>): Started;
  run(words: readonly string[]): Promise<Ended>;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr has said it. */
  said(pattern: RegExp): Promise<void>;
}

function placeOf({ root }: KillOptions, folder: string): Place {
  const outputs: string[] = [];
  const start: Place["start"] = (words, env = {}) => {
    const program = process.env.CHAOS_PROGRAM ?? root;
    const hook = join(root, "test/chaos/kill-hook.mjs");
    const child = spawn(process.execPath, ["--import", hook, join(program, "bin/statistico"), ...words], {
      cwd: folder,
      env: { ...process.env, CHAOS_ROOT: root, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on("close", (code, signal) => {
        outputs.push(words.join(" "), stdout, stderr);
        resolve({ code, signal, stdout, stderr });
      }),
    );
    const said = async (pattern: RegExp): Promise<void> => {
      for (let tries = 0; tries < 600 && !pattern.test(stderr); tries++) await sleep(50);
      if (!pattern.test(stderr)) throw new Error(`never said ${pattern}: ${stderr}`);
    };
    return { child, ended, said };
  };
  return { outputs, start, run: (words) => start(words).ended };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
