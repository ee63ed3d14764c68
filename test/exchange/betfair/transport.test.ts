import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { HttpReply } from "../../../src/exchange/betfair/transport.js";
import { type TransportOptions, undiciTransport } from "../../../src/exchange/betfair/undici-transport.js";
import {
  type Certified,
  createServer as certify,
  createAuthority,
} from "../../../src/exchange/practice/certificate.js";

const NOW = Date.now();
const DAY = 86_400_000;
const AUTHORITY = createAuthority(NOW);
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(
  answer: (response: ServerResponse, token: string) => void,
  certified: Certified = certify(AUTHORITY, NOW),
): Promise<string> {
  const server = createServer({ cert: certified.cert, key: certified.key }, (request, response) =>
    answer(response, String(request.headers["x-authentication"])),
  );
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

async function send(base: string, told: Partial<TransportOptions> = {}): Promise<HttpReply> {
  const transport = undiciTransport({
    origins: [base],
    authority: AUTHORITY.cert,
    certificate: null,
    certOrigin: "https://localhost:1",
    readTimeoutMs: 10_000,
    maxBytes: 100_000,
    ...told,
  });
  const reply = await transport.send({
    url: `${base}/x`,
    headers: { "x-authentication": "secret" },
    body: "{}",
  });
  await transport.close();
  return reply;
}

// S13 and R16 of the reliability table.
describe("the transport", () => {
  it("takes no token to another host, whatever a redirect says", async () => {
    const heard: string[] = [];
    const other = await serve((response, token) => {
      heard.push(token);
      response.end("{}");
    });
    const base = await serve((response) => response.writeHead(302, { location: `${other}/x` }).end());
    expect(await send(base)).toMatchObject({ kind: "reply", status: 302 });
    expect(await send(other, { origins: [base] })).toMatchObject({
      kind: "not-sent",
      code: "HOST_NOT_ALLOWED",
    });
    expect(heard).toEqual([]);
  });

  it("sends nothing over a certificate it does not trust, or one that is over", async () => {
    const stranger = createAuthority(NOW);
    const base = await serve((response) => response.end("{}"), certify(stranger, NOW));
    expect(await send(base)).toMatchObject({ kind: "not-sent" });
    const old = await serve((response) => response.end("{}"), certify(AUTHORITY, NOW - 900 * DAY));
    expect(await send(old)).toMatchObject({ kind: "not-sent", code: "CERT_HAS_EXPIRED" });
  });

  it("does not wait for a server that says nothing, or a byte at a time", async () => {
    const silent = await serve(() => {});
    expect(await send(silent, { readTimeoutMs: 300 })).toMatchObject({ kind: "lost" });
    const dripping = await serve((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    });
    expect(await send(dripping, { readTimeoutMs: 300 })).toMatchObject({
      kind: "lost",
      code: "READ_TIMEOUT",
    });
  });

  it("takes in no more than it was told to", async () => {
    const declared = await serve((response) => response.end("x".repeat(200_000)));
    expect(await send(declared)).toMatchObject({ kind: "lost" });
    const endless = await serve((response) => {
      response.writeHead(200);
      for (let i = 0; i < 30; i++) response.write("x".repeat(10_000));
      response.end();
    });
    expect(await send(endless)).toMatchObject({ kind: "lost" });
  });

  it("says not-sent when nobody is there, and lost when the connection breaks", async () => {
    const base = await serve((response) => response.socket?.destroy());
    expect(await send(base)).toMatchObject({ kind: "lost" });
    const [server] = open.splice(0);
    await new Promise((resolve) => server.close(resolve));
    expect(await send(base)).toMatchObject({ kind: "not-sent", code: "ECONNREFUSED" });
  });
});
