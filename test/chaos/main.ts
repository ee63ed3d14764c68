import { violations } from "./judge.js";
import { killRuns } from "./kills.js";
import { startTogether } from "./starts.js";
import { storm } from "./storm.js";

const [part = "storm", ...numbers] = process.argv.slice(2);
const [first = 1, second = 1, from = 1] = numbers.map(Number);

async function storms(seeds: number, intents: number): Promise<number> {
  let [bad, kills, placed, expired, replays] = [0, 0, 0, 0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const options = {
      seed,
      intents,
      kill: Math.min(0.01, 3 / intents),
      reopen: seed % 2 === 0,
      mostAttempts: 1 + (seed % 3),
    };
    const done = await storm(options);
    const found = violations(done.verdict) + done.givenUpWrongly;
    process.stderr.write(
      `seed ${seed}: ${JSON.stringify({ ...done.verdict, kills: done.kills, expired: done.expired, hash: done.hash.slice(0, 12) })}\n`,
    );
    if (found > 0 || seed === 1) {
      const again = await storm(options);
      if (again.hash !== done.hash) replays += 1;
    }
    bad += found;
    kills += done.kills;
    placed += done.placed;
    expired += done.expired;
  }
  process.stdout.write(
    `storm: seeds=${seeds} intents=${seeds * intents} placed=${placed} expired=${expired} kills=${kills} violations=${bad} replaysDiffer=${replays}\n`,
  );
  return bad + replays;
}

async function starts(processes: number): Promise<number> {
  const root = process.env.CHAOS_ROOT ?? process.cwd();
  const { ran, locked, named, slowestMs } = await startTogether(root, processes);
  process.stdout.write(`starts: ran=${ran} locked=${locked} namedHolder=${named} slowestMs=${slowestMs}\n`);
  return ran === 1 && locked === processes - 1 && named === locked ? 0 : 1;
}

async function kills(seeds: number, each: number): Promise<number> {
  const root = process.env.CHAOS_ROOT ?? process.cwd();
  const sum = {
    kills: 0,
    intents: 0,
    placed: 0,
    lost: 0,
    dup: 0,
    orphan: 0,
    phantom: 0,
    wrong: 0,
    pnlDiff: 0,
    unknown: 0,
    leaks: 0,
  };
  for (let seed = from; seed < from + seeds; seed++) {
    const log = (line: string): void => void process.stderr.write(`${line}\n`);
    const done = await killRuns({ root, seed, kills: each, speed: 30, afterMs: 200_000, log });
    log(`seed ${seed}: ${JSON.stringify(done)}`);
    sum.kills += done.kills;
    sum.intents += done.intents;
    sum.placed += done.placed;
    sum.lost += done.lost;
    sum.dup += done.dup;
    sum.orphan += done.orphan;
    sum.phantom += done.phantom;
    sum.wrong += done.wrong;
    sum.pnlDiff += Math.abs(done.pnlDiff);
    sum.unknown += done.unresolved;
    sum.leaks += done.leaks;
  }
  process.stdout.write(
    `kills: ${Object.entries(sum)
      .map(([key, value]) => `${key}=${value}`)
      .join(" ")} seeds=${seeds}\n`,
  );
  const { kills: _kills, intents: _intents, placed: _placed, ...bad } = sum;
  return Object.values(bad).reduce((total, value) => total + value, 0);
}

if (part === "starts") process.exitCode = await starts(first);
if (part === "kills") process.exitCode = (await kills(first, second)) === 0 ? 0 : 1;
if (part === "storm") process.exitCode = (await storms(first, second)) === 0 ? 0 : 1;
