import { Agent } from "undici";
import type { Instant } from "../../core/clock.js";
import type { HttpReply, HttpRequest, Transport } from "./transport.js";

export interface TransportOptions {
  /** Origins that credentials and tokens may go to; nothing is sent to any other. */
  readonly origins: readonly string[];
  /** PEM of the authority to trust in place of the system's; null for the system's. */
  readonly authority: string | null;
  /** The client certificate for `certOrigin` and for no other origin. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  readonly certOrigin: string;
  readonly connectTimeoutMs?: number;
  readonly readTimeoutMs?: number;
  readonly maxBytes?: number;
}

const CONNECT_MS = 3000;
const READ_MS = 16_000;
/** The largest answer, 1000 orders or 40 books at all offers, is far below. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Errors of making the connection: nothing of the request had been written. */
const BEFORE_SENDING = [
  "UND_ERR_CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "HOSTNAME_MISMATCH",
];

/** TLS with verification, time-outs and a cap on the body, on connections that are kept. */
export function undiciTransport(options: TransportOptions): Transport {
  const readMs = options.readTimeoutMs ?? READ_MS;
  const agents = new Map<string, Agent>();
  const agentFor = (origin: string): Agent => {
    const known = agents.get(origin);
    if (known !== undefined) return known;
    const agent = agentOf(options, origin);
    agents.set(origin, agent);
    return agent;
  };
  return {
    async send(request) {
      const { origin } = new URL(request.url);
      if (!options.origins.includes(origin))
        return { kind: "not-sent", code: "HOST_NOT_ALLOWED", detail: origin };
      try {
        return await exchange(agentFor(origin), request, readMs, options.maxBytes ?? MAX_BYTES);
      } catch (error) {
        return faultOf(error);
      }
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function agentOf(
  { authority, certificate, certOrigin, ...options }: TransportOptions,
  origin: string,
): Agent {
  return new Agent({
    connections: 8,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: options.readTimeoutMs ?? READ_MS,
    bodyTimeout: options.readTimeoutMs ?? READ_MS,
    maxResponseSize: options.maxBytes ?? MAX_BYTES,
    connect: {
      timeout: options.connectTimeoutMs ?? CONNECT_MS,
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ...(authority === null ? {} : { ca: authority }),
      ...(certificate !== null && origin === certOrigin ? certificate : {}),
    },
  });
}

async function exchange(
  agent: Agent,
  request: HttpRequest,
  readMs: number,
  maxBytes: number,
): Promise<HttpReply> {
  const { origin, pathname, search } = new URL(request.url);
  // The signal bounds the whole answer: a server that drips a byte a second outlives every time-out between bytes.
  const { statusCode, headers, body } = await agent.request({
    origin,
    path: pathname + search,
    method: "POST",
    headers: { ...request.headers },
    body: request.body,
    signal: AbortSignal.timeout(readMs),
  });
  if (Number(headers["content-length"] ?? 0) > maxBytes) {
    body.destroy();
    return { kind: "lost", code: "BODY_TOO_LARGE", detail: `more than ${maxBytes} bytes` };
  }
  return { kind: "reply", status: statusCode, body: await body.text(), date: dateOf(headers.date) };
}

function dateOf(header: unknown): Instant | null {
  const at = typeof header === "string" ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function faultOf(error: unknown): HttpReply {
  const code = codeOf(error);
  // The message of a network error names hosts and ports, never headers or bodies.
  const detail = error instanceof Error ? error.message : "no answer";
  return { kind: BEFORE_SENDING.includes(code) ? "not-sent" : "lost", code, detail };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "NO_ANSWER";
  if (error.name === "TimeoutError") return "READ_TIMEOUT";
  return "code" in error && typeof error.code === "string" ? error.code : "NO_ANSWER";
}
