import { violations } from "./judge.js";
import { storm } from "./storm.js";

const [part = "storm", ...numbers] = process.argv.slice(2);
const [first = 1, second = 1] = numbers.map(Number);

async function storms(seeds: number, intents: number): Promise<number> {
  let [bad, kills, placed, expired, replays] = [0, 0, 0, 0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const options = { seed, intents, kill: Math.min(0.01, 3 / intents), reopen: seed % 2 === 0, mostAttempts: 1 + (seed % 3) };
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

if (part === "storm") process.exitCode = (await storms(first, second)) === 0 ? 0 : 1;
