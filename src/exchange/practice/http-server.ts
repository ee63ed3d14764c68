import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import type { Certified } from "./certificate.js";
import type { Fate, Front } from "./front.js";
import type { PracticeClock } from "./practice-clock.js";

const MOST_BYTES = 1024 * 1024;

/** HTTPS on the loopback interface, whatever the machine's other addresses are. */
export function createHttpServer(
  front: Front,
  server: Certified,
  authority: string,
  clock: PracticeClock,
): Server {
  const options = {
    cert: server.cert,
    key: server.key,
    ca: authority,
    requestCert: true,
    rejectUnauthorized: false,
  };
  return createServer(options, (request, response) => {
    readBody(request, (body) =>
      front.handle(
        {
          path: (request.url ?? "").split("?")[0],
          appKey: headerOf(request, "x-application"),
          token: headerOf(request, "x-authentication"),
          body,
          certified: (request.socket as TLSSocket).authorized,
        },
        (fate) => settle(response, fate, clock),
      ),
    );
  });
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on("end", () => done(Buffer.concat(chunks).toString("utf8")));
  // A client that was killed in the middle of its request has asked for nothing.
  request.on("error", () => {});
}

function settle(response: ServerResponse, fate: Fate, clock: PracticeClock): void {
  if (fate.kind === "silence") return;
  if (fate.kind === "reset") {
    response.socket?.destroy();
    return;
  }
  const send = (): void => {
    if (response.destroyed) return;
    response.writeHead(fate.status, {
      "content-type": fate.type,
      "content-length": Buffer.byteLength(fate.body),
    });
    response.end(fate.body);
  };
  if (fate.delayMs === 0) send();
  else setTimeout(send, clock.real(fate.delayMs)).unref();
}
