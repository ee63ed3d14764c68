import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import type { PollOutcome, PollSource } from "../../src/checker/source.js";
import type { Fixture } from "../../src/domain/fixture.js";
import type { Quote } from "../../src/domain/price.js";
import type { Warehouse } from "../../src/warehouse/port.js";
import { file, kind, record } from "../support/records.js";

/** A server on the loopback that answers `/fixture` with what `answer` says; it counts what it was asked. */
export interface PriceServer {
  readonly url: string;
  readonly asked: readonly string[];
  readonly busiest: () => number;
}

export async function priceServer(
  answer: (request: string, nth: number, response: ServerResponse) => void,
): Promise<PriceServer> {
  const asked: string[] = [];
  let busy = 0;
  let busiest = 0;
  const server = createServer((request, response) => {
    busiest = Math.max(busiest, ++busy);
    response.once("close", () => void busy--);
    const path = (request.url ?? "").slice(1);
    asked.push(path);
    answer(path, asked.length, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, busiest: () => busiest };
}

/** A source that asks the server for one fixture at a time and stores the price it says as a tick. */
export function serverSource(
  url: string,
  warehouse: Warehouse,
  now: () => number,
  told: Partial<PollSource> & { readonly fixtures: ReadonlyMap<string, Fixture> },
): PollSource {
  return {
    code: "server",
    budget: null,
    restMs: 0,
    concurrency: 4,
    requestOf: ({ id }) => String(id),
    async poll(request, signal): Promise<PollOutcome> {
      const answer = await fetch(`${url}/${request}`, { signal });
      const retryAfter = answer.headers.get("retry-after");
      if (!answer.ok)
        return {
          kind: "failed",
          reason: `HTTP ${answer.status}`,
          retryAfterMs: retryAfter ? Number(retryAfter) * 1000 : null,
        };
      const price = Number(await answer.text());
      const fixture = told.fixtures.get(request);
      if (!fixture) return { kind: "failed", reason: "unknown fixture", retryAfterMs: null };
      const { prices } = await warehouse.writeFile(tickFile(fixture, price, now()));
      return { kind: "stored", prices, fixtures: 1 };
    },
    ...told,
  };
}

function tickFile(fixture: Fixture, price: number, observedAt: number) {
  const quote: Quote = { kind: kind({ moment: "tick" }), line: 0, price, size: null, observedAt };
  const { league, season, day, home, away } = fixture;
  const about = { league, season, day, minutes: null, home: home.name, away: away.name, goals: null };
  return file([record({ ...about, quotes: [quote] })], { raw: { receivedAt: observedAt } });
}
