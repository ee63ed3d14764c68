import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE, stored, workplace } from "./binary.js";

const place = workplace();
const CANARY = "canary-4f1d9a7be2c85";
const TEAMS = ["Amber Crag", "Birch Hollow"] as const;

function event(home: string, away: string): object {
  const outcomes = [
    { name: home, price: 2.1 },
    { name: away, price: 3.6 },
    { name: "Draw", price: "NaN" },
  ];
  const markets = [{ key: "h2h", last_update: "2030-03-29T10:00:00Z", outcomes }];
  return {
    id: "e1",
    sport_key: "soccer_epl",
    commence_time: "2030-03-30T12:30:00Z",
    home_team: home,
    away_team: away,
    // A server that echoes what it was asked.
    asked: `apiKey=${CANARY}`,
    bookmakers: [{ key: "pinnacle", title: "Pinnacle", last_update: "2030-03-29T10:00:00Z", markets }],
  };
}

const asked: string[] = [];
const server = createServer((request, response) => {
  const url = request.url ?? "";
  asked.push(`${url} ${request.headers["x-auth-token"] ?? ""}`);
  if (url.startsWith("/v4/sports/soccer_epl/odds")) response.end(JSON.stringify([event(...TEAMS)]));
  else if (url.startsWith("/v4/sports/soccer_epl/scores")) response.end("[]");
  else if (url.startsWith("/v4/competitions"))
    response.writeHead(401).end(`{"message":"no such key: ${CANARY}"}`);
  else response.writeHead(404).end("<html>nothing here</html>");
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function configure(folder: string, keyMode = 0o600): void {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(place.path(folder), { recursive: true });
  writeFileSync(place.path(`${folder}/key`), `${CANARY}\n`);
  chmodSync(place.path(`${folder}/key`), keyMode);
  writeFileSync(
    place.path(`${folder}/statistico.yaml`),
    `sources:
  the-odds-api: { url: "${url}", leagues: [E0], keyFile: key }
  football-data.org: { url: "${url}", leagues: [E0], seasons: 2029, keyEnv: THE_OTHER_KEY }
  openfootball: { url: "${url}", leagues: [E0], seasons: 2029 }
`,
  );
}

/** Everything that a folder's files say, what is packed unpacked. */
function said(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "key")
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("latin1"))
    .join("\n");
}

describe("every source that is configured", () => {
  it("has its turn, whatever comes of the others, and no key is in anything that is written or said", async () => {
    configure("all");
    const options = { at: "all", env: { THE_OTHER_KEY: CANARY } };
    const { code, stdout, stderr } = await place.run(["ingest", "--json", "--debug"], options);
    const document = JSON.parse(stdout) as {
      sources: { source: string; files: number; new: number; prices: number; refused: number }[];
      refused: { error: string }[];
    };
    expect(
      document.sources.map(({ source, files, new: added, prices, refused }) => [
        source,
        files,
        added,
        prices,
        refused,
      ]),
    ).toEqual([
      ["openfootball", 0, 0, 0, 1],
      ["football-data.org", 0, 0, 0, 1],
      ["the-odds-api", 2, 1, 2, 0],
    ]);
    // A wrong key is what the operator has to look at first.
    expect(code).toBe(4);
    expect(asked.filter((one) => one.includes(CANARY)).length).toBeGreaterThanOrEqual(3);
    expect(stdout + stderr).not.toContain(CANARY);
    expect(said(place.path("all"))).not.toContain(CANARY);
    expect(said(place.path("all"))).toContain('"asked":"apiKey=********"');
    for (const question of ["config list", "quarantine list", "doctor", "db rebuild"]) {
      const answer = await place.run([...question.split(" "), "--debug"], options);
      expect(`${question}: ${answer.stdout}${answer.stderr}`).not.toContain(CANARY);
    }
    const { counts, problems } = await stored(place.path("all/data/statistico.db"));
    expect({
      problems,
      fixtures: counts.fixtures,
      prices: counts.prices,
      quarantine: counts.quarantine,
    }).toEqual({
      problems: [],
      fixtures: 1,
      prices: 2,
      quarantine: 1,
    });
  });

  it("is refused a key that others may read, before anything is asked", async () => {
    configure("loose", 0o644);
    const seen = asked.length;
    const { code, stderr } = await place.run(["ingest", "the-odds-api"], { at: "loose" });
    expect({ code, asked: asked.length - seen }).toEqual({ code: 2, asked: 0 });
    expect(stderr).toContain("may be read by others than its owner, was mode 0644");
  });
});

describe("names that nobody knows", () => {
  it("wait, are gone through as a table, and their rows are in then; a rebuild comes to the same", async () => {
    const run = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await place.run([...args, "--json"], { at: "names" });
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    await run("ingest", "football-data", "--from", SAMPLE);
    const { teams } = (await run("teams", "list", "--league", "SIM1")) as { teams: { team: string }[] };
    const [one = "", two = "", three = ""] = teams.map(({ team }) => team);
    const feed = [
      [`${one} FC`, `F.C. ${two}`, "2030-03-30"],
      [`Old ${three}`, one, "2030-04-06"],
    ];
    writeFileSync(
      place.path("names/feed.csv"),
      `Home,Away,Date\n${feed.map((row) => row.join(",")).join("\n")}\n`,
    );
    writeFileSync(
      place.path("names/statistico.yaml"),
      `sources:
  mapped:
    mine: { format: csv, from: [feed.csv], league: SIM1, date: Date, dateFormat: yyyy-mm-dd, home: Home, away: Away }
`,
    );
    const first = await run("ingest");
    expect(first).toMatchObject({ source: "mine", totals: { rows: 2, new: 1, quarantined: 1 } });
    expect(await run("teams", "unknown")).toMatchObject({
      names: [{ name: `Old ${three}`, suggestion: three, source: "mine", waits: true }],
    });
    const table = place.path("names/names.csv");
    await place.run(["teams", "unknown", "--csv", "-o", "names.csv"], { at: "names" });
    expect(readFileSync(table, "utf8")).toContain(`Old ${three},${three}`);
    const { stderr } = await place.run(["teams", "alias", "--from", "names.csv"], { at: "names" });
    expect(stderr).toContain("1 of 1 spellings are new");
    expect(stderr).toContain("1 files read again: 1 rows that waited are in");
    expect(await run("teams", "unknown")).toMatchObject({ names: [] });
    expect(await run("quarantine", "list")).toMatchObject({ entries: [] });
    const before = await stored(place.path("names/data/statistico.db"));
    await run("db", "rebuild");
    expect(await stored(place.path("names/data/statistico.db"))).toMatchObject({
      problems: [],
      contentHash: before.contentHash,
    });
  });
});
