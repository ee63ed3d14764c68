import { beforeAll, describe, expect, it } from "vitest";
import { openSqlite } from "../../src/warehouse/sqlite/open.js";
import { workplace } from "./binary.js";

// The real binary on made-up divisions: SIM1 of four clubs, so that the rest of a season can be counted out.
const place = workplace();
const DB = ["--db", "lab.db"];

interface Club {
  readonly teamId: number;
  readonly team: string;
  readonly points: number;
  readonly scored: number;
  readonly conceded: number;
  readonly positions: readonly number[];
  readonly titleChance: number;
  readonly titleSe: number;
  readonly expectedPoints: number;
  readonly expectedPointsSe: number;
}

interface CoursePrice {
  readonly fixtureId: number;
  readonly home: string;
  readonly away: string;
  readonly homeRate: number;
  readonly awayRate: number;
  readonly market: string;
  readonly low: number | null;
}

async function json<T>(...args: readonly string[]): Promise<T> {
  const { stdout, stderr, code } = await place.run([...args, ...DB, "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as T;
}

beforeAll(async () => {
  const made = await place.run([
    ..."simulate --out sim --seed 3 --start 2020 --seasons 2 --division SIM1:4 SIM2:8".split(" "),
    ..."--cut 2023-03-01 --days 40 -q".split(" "),
  ]);
  expect(made.code).toBe(0);
  const read = await place.run(["ingest", "football-data", "--from", "sim", "-q", ...DB]);
  expect(read.code).toBe(0);
});

describe("evaluate", () => {
  const args = ["evaluate", "--season", "2021..2022", "--model", "market-informed,poisson,market-poisson"];

  it("gives the same bytes with one thread and with two", async () => {
    const [one, two] = await Promise.all(
      ["1", "2"].map(async (workers) => {
        const document = await json<Record<string, unknown>>(
          ...args,
          "--workers",
          workers,
          "--predictions",
          `p${workers}.jsonl`,
        );
        const { stdout } = await place.shell(`cat p${workers}.jsonl`);
        return { ...document, elapsedMs: 0, predictions: stdout };
      }),
    );
    expect(two).toEqual(one);
    expect(String(one.predictions).split("\n").length).toBeGreaterThan(100);
  });

  it("shows models side by side with n and intervals, and breaks them down in JSON", async () => {
    const { stdout, stderr, code } = await place.run([...args, ...DB]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/model +n +log loss +95%/);
    for (const name of ["market-informed", "poisson", "market-poisson", "goals (baseline)", "closing line"])
      expect(stdout).toContain(name);
    expect(stderr).toContain("walk-forward by match day");
    const document = await json<Record<string, unknown[]>>(...args);
    expect(document.byLeague.length).toBe(2);
    expect(document.bySeason.length).toBe(2);
  });

  it("refuses a model that is not there", async () => {
    const { code, stderr } = await place.run(["evaluate", "--season", "2021", "--model", "poison", ...DB]);
    expect(code).toBe(2);
    expect(stderr).toContain("no such model, was poison");
  });
});

describe("compile, compare and verify", () => {
  it("keeps prices with intervals, by any goal model", async () => {
    const { prices } = await json<{ prices: CoursePrice[] }>(
      "compile",
      "--league",
      "SIM2",
      "--as-of",
      "2023-03-01",
      "--model",
      "dixon-coles",
    );
    expect(prices.length).toBeGreaterThan(0);
    expect(prices.every(({ low }) => low !== null)).toBe(true);
    const other = await json<{ prices: CoursePrice[] }>(
      "compile",
      "--league",
      "SIM2",
      "--as-of",
      "2023-03-01",
      "--model",
      "weibull-copula",
      "-n",
    );
    expect(other.prices.length).toBe(prices.length);
  });

  it("never compares a blended model with the prices it was blended with", async () => {
    const { code, stderr } = await place.run([
      "compare",
      "--league",
      "SIM2",
      "--model",
      "market-anchored",
      ...DB,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("blended with the prices");
  });

  it("agrees on both ways to every number", async () => {
    const document = await json<{ agreed: boolean; checks: { checked: number }[] }>(
      ..."verify --league SIM2 --as-of 2023-03-01 --model poisson,market-informed".split(" "),
    );
    expect(document.agreed).toBe(true);
    expect(document.checks.filter(({ checked }) => checked > 0).length).toBeGreaterThan(8);
  });
});

describe("verify of stored prices", () => {
  it("ends with exit 3 and names the price that somebody stored wrong", async () => {
    const told = "--league SIM2 --as-of 2023-03-01".split(" ");
    const markets = ["--market", "MATCH_ODDS,OVER_UNDER_25,BOTH_TEAMS_TO_SCORE"];
    await json("compile", ...told, ...markets, "--model", "poisson");
    const verify = ["verify", ...told, "--model", "poisson", ...DB];
    const before = await place.run(verify);
    expect(before.code).toBe(0);
    expect(before.stdout).toContain("stored prices from their own 1X2 and over 2.5");
    await storeWrong();
    const after = await place.run(verify);
    expect(after.code).toBe(3);
    expect(after.stdout).toContain("DISAGREES");
    expect(after.stderr).toContain("two paths disagree on poisson: BOTH_TEAMS_TO_SCORE");
    expect(after.stderr).toContain("statistico verify --json");
  });
});

/** A correction of one compiled price, half a per cent off, as a program gone wrong would store it. */
async function storeWrong(): Promise<void> {
  const warehouse = openSqlite(place.path("lab.db"), { mode: "write", clock: { now: () => 0 } });
  const prices = await warehouse.compiledOdds({ leagues: ["SIM2"] });
  const wrong = prices.find(({ market, model }) => market === "BOTH_TEAMS_TO_SCORE" && model === "poisson");
  if (wrong === undefined) throw new Error("nothing stored");
  const probability = wrong.probability * 1.005;
  await warehouse.writeCompiledOdds([
    { ...wrong, low: null, high: null, probability, fairPrice: 1 / probability },
  ]);
  await warehouse.close();
}

describe("table", () => {
  it("agrees with every possible ending counted out", async () => {
    // Ten of twelve matches are played; the two of the last round are to come.
    const asOf = ["--as-of", "2023-03-01"];
    const document = await json<{ clubs: Club[]; remaining: { scheduled: number; derived: number } }>(
      ..."table --league SIM1 --model poisson --runs 40000".split(" "),
      ...asOf,
    );
    expect(document.remaining).toEqual({ scheduled: 2, derived: 0 });
    const { prices } = await json<{ prices: CoursePrice[] }>(
      ..."compile --league SIM1 --model poisson --market MATCH_ODDS -n".split(" "),
      ...asOf,
    );
    const fixtures = prices.filter((price, i) => i === 0 || price.fixtureId !== prices[i - 1].fixtureId);
    expect(fixtures.length).toBe(2);
    const exact = endings(document.clubs, fixtures);
    for (const club of document.clubs) {
      const { title, points } = exact.get(club.team) ?? { title: Number.NaN, points: Number.NaN };
      // Five standard errors of 40,000 runs: a false alarm once in some 200,000 tests of eight numbers.
      expect(Math.abs(club.titleChance - title)).toBeLessThan(5 * club.titleSe + 1e-9);
      expect(Math.abs(club.expectedPoints - points)).toBeLessThan(5 * club.expectedPointsSe + 1e-9);
    }
  });

  it("has nothing left to play when the season is over, and says so", async () => {
    const { stdout, stderr, code } = await place.run([
      ..."table --league SIM1 --season 2020".split(" "),
      ...DB,
    ]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("title");
    expect(stderr).toContain("12 played, none left");
  });
});

/** Title chance, shared among clubs level on points, difference and goals, and mean points: by all pairs of scores. */
function endings(clubs: readonly Club[], [first, second]: readonly CoursePrice[]) {
  const exact = new Map(clubs.map(({ team }) => [team, { title: 0, points: 0 }]));
  const MOST = 12;
  for (let code = 0; code < (MOST + 1) ** 4; code++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((digit) => Math.floor(code / (MOST + 1) ** digit) % (MOST + 1));
    const chance =
      poisson(a, first.homeRate) *
      poisson(b, first.awayRate) *
      poisson(c, second.homeRate) *
      poisson(d, second.awayRate);
    const after = clubs.map((club) =>
      [first, second].reduce((row, match, i) => add(row, match, i === 0 ? [a, b] : [c, d]), {
        team: club.team,
        points: club.points,
        difference: club.scored - club.conceded,
        scored: club.scored,
      }),
    );
    const best = after.reduce((top, row) => (isAhead(row, top) ? row : top));
    const level = after.filter((row) => !isAhead(best, row));
    for (const row of after) {
      const sums = exact.get(row.team);
      if (!sums) continue;
      sums.points += chance * row.points;
      if (level.includes(row)) sums.title += chance / level.length;
    }
  }
  return exact;
}

interface Line {
  readonly team: string;
  readonly points: number;
  readonly difference: number;
  readonly scored: number;
}

function add(line: Line, { home, away }: CoursePrice, [h, a]: readonly number[]): Line {
  if (line.team !== home && line.team !== away) return line;
  const [goals, against] = line.team === home ? [h, a] : [a, h];
  const gained = goals > against ? 3 : goals === against ? 1 : 0;
  return {
    team: line.team,
    points: line.points + gained,
    difference: line.difference + goals - against,
    scored: line.scored + goals,
  };
}

function isAhead(a: Line, b: Line): boolean {
  return a.points !== b.points
    ? a.points > b.points
    : a.difference !== b.difference
      ? a.difference > b.difference
      : a.scored > b.scored;
}

function poisson(k: number, rate: number): number {
  let p = Math.exp(-rate);
  for (let i = 1; i <= k; i++) p *= rate / i;
  return p;
}
