import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { definition } from "../ingest/betfair/stream.js";
import { SAMPLE, stored, workplace } from "./binary.js";

const place = workplace();
const MARKETS = 30;

interface Match {
  readonly kickOff: string;
  readonly home: string;
  readonly away: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
}

/** A market of match odds, quoted every 20 s from two hours before the start, in play at the start, settled after. */
function marketLines(id: string, { kickOff, home, away, homeGoals, awayGoals }: Match): string {
  const start = Date.parse(kickOff);
  const won = homeGoals > awayGoals ? 0 : homeGoals < awayGoals ? 1 : 2;
  const told = (change: object, closed = false) => ({
    ...definition({ eventName: `${home} v ${away}`, marketTime: new Date(start).toISOString(), ...change }),
    runners: [home, away, "The Draw"].map((name, i) => ({
      id: 11 * (i + 1),
      name,
      sortPriority: i,
      status: closed ? (i === won ? "WINNER" : "LOSER") : "ACTIVE",
    })),
  });
  const line = (at: number, change: object) =>
    JSON.stringify({ op: "mcm", clk: `${id}/${at}`, pt: start + at, mc: [{ id, ...change }] });
  const quotes = Array.from({ length: 350 }, (_, i) =>
    line(-7_100_000 + 20_000 * i, {
      rc: [
        [11, 2.2, 2.24],
        [22, 3.6, 3.7],
        [33, 3.4, 3.5],
      ].map(([runner, back, lay]) => ({
        id: runner,
        atb: [[back, 20 + (i % 3)]],
        atl: [[lay, 15 + (i % 2)]],
        trd: [[back, 5 * (i + 1)]],
      })),
    }),
  );
  return [
    line(-7_200_000, { marketDefinition: told({}) }),
    ...quotes,
    line(0, { marketDefinition: told({ inPlay: true, version: 2 }) }),
    line(7_200_000, { marketDefinition: told({ status: "CLOSED", version: 9 }, true) }),
  ].join("\n");
}

const STRATEGY = `name: ticks
leagues: [SIM1]
seasons: { from: 2025, to: 2025 }
markets: [MATCH_ODDS]
side: both
model: { name: poisson }
prices: { sources: [BFE], moment: tick, maxOverround: 0.2, closing: [BFE] }
entry: { edge: { min: 0.03 } }
staking: { method: flat, stake: 10 }
bank: 1000
`;

const run = (...args: readonly string[]) => place.run([...args, "--db", place.path("a.db")]);
let first = { new: 0, rows: 0 };

beforeAll(async () => {
  expect((await run("ingest", "football-data", "--from", SAMPLE, "-q")).code).toBe(0);
  const { stdout } = await run("results", "--league", "SIM1", "--season", "2025", "--json");
  const { results } = JSON.parse(stdout) as { results: Match[] };
  mkdirSync(place.path("in"));
  for (const [i, match] of results.slice(100, 100 + MARKETS).entries())
    writeFileSync(place.path(`in/${i}.gz`), gzipSync(marketLines(`1.${1000 + i}`, match)));
  writeFileSync(place.path("ticks.yaml"), STRATEGY);
  const ended = await run("ingest", "betfair", place.path("in"), "--json", "--workers", "2");
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  first = JSON.parse(ended.stdout).totals;
}, 120_000);

describe("exchange history through the binary", () => {
  it("goes in once, in threads or without", async () => {
    expect(first).toMatchObject({ files: MARKETS, new: first.rows, links: { linked: MARKETS, waiting: 0 } });
    const again = await run("ingest", "betfair", place.path("in"), "--json", "--workers", "1");
    expect(JSON.parse(again.stdout).totals).toMatchObject({ new: 0, changed: 0, same: first.rows });
    const alone = await place.run([
      "ingest",
      "betfair",
      place.path("in"),
      "-q",
      "--workers",
      "1",
      "--db",
      place.path("b/b.db"),
    ]);
    expect(alone.code).toBe(0);
    expect((await stored(place.path("b/b.db"))).counts).toMatchObject({ exchangeMarkets: MARKETS });
  });

  it("is rebuilt as it was", async () => {
    const ended = await run("db", "rebuild");
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain("as before");
  });

  it("is backtested tick by tick, the fills side by side, the same every time", async () => {
    const runs = await Promise.all([1, 2].map(() => run("backtest", place.path("ticks.yaml"), "--json")));
    expect(runs[0]).toMatchObject({ code: 0, stderr: "" });
    expect(runs[1]?.stdout).toBe(runs[0]?.stdout);
    const { recorded, priced, modes, bets } = JSON.parse(runs[0]?.stdout ?? "");
    expect([recorded, priced]).toEqual([MARKETS, MARKETS]);
    expect(modes.map(({ mode }: { mode: string }) => mode)).toEqual(["pessimistic", "peer", "full"]);
    const [pessimistic, peer, full] = modes;
    expect(full.fillRate).toBe(1);
    expect(pessimistic.matched).toBeLessThanOrEqual(peer.matched);
    expect(peer.matched).toBeLessThanOrEqual(full.matched);
    expect(bets.length).toBe(full.orders);
    expect(bets.length).toBeGreaterThan(MARKETS / 2);
  });

  it("finds the fixtures of markets again when asked", async () => {
    const ended = await run("market", "link", "--json");
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ linked: 0, waiting: 0 });
  });

  it("is drawn, in the terminal and as a page", async () => {
    const ended = await run("market", "replay", "1.1000", "--html", place.path("m.html"));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/The Draw +[▁-█ ]+ {2}3\.45 to 3\.45/);
    expect(readFileSync(place.path("m.html"), "utf8")).toContain("<svg");
  });

  it("says what is wrong when nothing in it can be used", async () => {
    writeFileSync(place.path("log.txt"), "no market\n");
    const ended = await run("ingest", "betfair", place.path("log.txt"));
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("no market in 1 file\n  try: statistico quarantine list\n");
    expect((await run("ingest", "betfair", place.path("nowhere"))).code).toBe(2);
    expect((await run("market", "show", "1.9")).stderr).toContain("no recorded market, was 1.9");
  });
});
