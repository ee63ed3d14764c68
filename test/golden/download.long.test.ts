import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, SAMPLE, workplace } from "./binary.js";

const place = workplace();

type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** What the site of a test answers to a path; everything else is not there. */
const site = new Map<string, Answer>();
const asked: { readonly path: string; readonly etag: string | undefined }[] = [];

const server = createServer((request, response) => {
  const path = request.url ?? "";
  const etag = request.headers["if-none-match"];
  asked.push({ path, etag });
  const nth = asked.filter((one) => one.path === path).length;
  const answer = site.get(path);
  if (answer) answer(response, request, nth);
  else response.writeHead(404).end("<html>not found</html>");
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The sample's second division as the league E0: the site has no simulated ones. */
function seasonFile(year: string): string {
  return readFileSync(`${SAMPLE}/${year}/SIM2.csv`, "utf8").replaceAll("SIM2,", "E0,");
}

function serving(text: string, etag: string): Answer {
  return (response, request) => {
    if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, "content-type": "text/csv" }).end(text);
  };
}

/** Every test has a prefix of its own on the one server. */
function fetchSeasons(at: string, seasons: string, ...more: readonly string[]): Promise<Ended> {
  const { port } = server.address() as AddressInfo;
  return place.run(["ingest", "football-data", "--league", "E0", "--season", seasons, ...more], {
    at,
    env: { STATISTICO_FOOTBALL_DATA_URL: `http://127.0.0.1:${port}/${at}` },
  });
}

const requestsOf = (at: string): string[] =>
  asked.filter(({ path }) => path.startsWith(`/${at}/`)).map(({ path }) => path.slice(at.length + 1));

describe.concurrent("ingest from a server", () => {
  it("does not ask again for a season that is over, unless told to, and takes 304 for an answer", async () => {
    site.set("/over/mmz4281/2223/E0.csv", serving(seasonFile("2223"), '"v1"'));
    expect((await fetchSeasons("over", "2022")).stderr).toContain("182 fixtures in 1 file: 182 new");
    expect((await fetchSeasons("over", "2022")).stderr).toContain("0 new, 0 changed, 182 same");
    expect(asked.filter(({ path }) => path.startsWith("/over/"))).toHaveLength(1);
    expect((await fetchSeasons("over", "2022", "--refresh")).stderr).toContain("0 new, 0 changed, 182 same");
    expect(asked.filter(({ path }) => path.startsWith("/over/")).map(({ etag }) => etag)).toEqual([
      undefined,
      '"v1"',
    ]);
  });

  it("goes on when a file is not there, says which, and ends with 3", async () => {
    site.set("/gap/mmz4281/2425/E0.csv", serving(seasonFile("2425"), '"v1"'));
    const { code, stderr } = await fetchSeasons("gap", "2023..2024");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^refused: http:\/\/127\.0\.0\.1:\d+\/gap\/mmz4281\/2324\/E0\.csv is not there \(HTTP 404\)$/m,
    );
    expect(stderr).toMatch(/^182 fixtures in 1 file: 182 new/m);
  });

  it("waits as long as a busy server asks, then has the file", async () => {
    const file = serving(seasonFile("2223"), '"v1"');
    let refusedAt = 0;
    let waited = 0;
    site.set("/busy/mmz4281/2223/E0.csv", (response, request, nth) => {
      if (nth === 1) {
        refusedAt = performance.now();
        response.writeHead(503, { "retry-after": "2" }).end();
        return;
      }
      waited = performance.now() - refusedAt;
      file(response, request, nth);
    });
    const { code, stderr } = await fetchSeasons("busy", "2022", "--verbose");
    expect(code).toBe(0);
    expect(stderr).toMatch(/E0\.csv: HTTP 503, trying again in 2\.0 s/);
    expect(waited).toBeGreaterThanOrEqual(1990);
    expect(requestsOf("busy")).toHaveLength(2);
  });

  it("refuses a body without end", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "x,");
    site.set("/huge/mmz4281/2223/E0.csv", (response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", pour).on("error", () => {});
      pour();
    });
    const { code, stderr } = await fetchSeasons("huge", "2022");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^statistico: http:\S+E0\.csv is larger than 67108864 bytes\n {2}try: curl -I 'http:\S+'\n$/,
    );
  });

  it("refuses a page in a file's place, and keeps nothing of it", async () => {
    site.set("/page/mmz4281/2223/E0.csv", (response) => {
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<!DOCTYPE html><html><body>Soon</body></html>");
    });
    const { code, stderr } = await fetchSeasons("page", "2022");
    expect(code).toBe(3);
    expect(stderr).toMatch(/^statistico: http:\S+E0\.csv[^\n]*\n {2}try: [^\n]+\n$/);
  });

  it("answers an interrupt while it waits, and does not ask again for what it has", async () => {
    site.set("/stop/mmz4281/2223/E0.csv", serving(seasonFile("2223"), '"a"'));
    site.set("/stop/mmz4281/2425/E0.csv", serving(seasonFile("2425"), '"c"'));
    let interrupt: (signal: NodeJS.Signals) => void = () => {};
    site.set("/stop/mmz4281/2324/E0.csv", () => interrupt("SIGINT"));
    const { port } = server.address() as AddressInfo;
    const cut = await place.run(["ingest", "football-data", "--league", "E0", "--season", "2022..2024"], {
      at: "stop",
      env: { STATISTICO_FOOTBALL_DATA_URL: `http://127.0.0.1:${port}/stop` },
      started: (kill) => {
        interrupt = kill;
      },
    });
    expect(cut.code).toBe(130);
    expect(cut.stderr).toContain("interrupted: 1 of 3 files done; the same command again does the rest");
    site.set("/stop/mmz4281/2324/E0.csv", serving(seasonFile("2324"), '"b"'));
    expect((await fetchSeasons("stop", "2022..2024")).stderr).toContain(
      "546 fixtures in 3 files: 364 new, 0 changed, 182 same",
    );
    expect(requestsOf("stop")).toEqual(
      ["2223", "2324", "2324", "2425"].map((years) => `/mmz4281/${years}/E0.csv`),
    );
  });

  it("refuses a league the site does not have, with the nearest that it has", async () => {
    const { code, stderr } = await place.run([
      ...["ingest", "football-data", "--league", "SP9", "--season", "2022"],
    ]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      "statistico: football-data.co.uk has no league SP9\n  try: did you mean SP1 or SP2? statistico leagues --known\n",
    );
  });
});
