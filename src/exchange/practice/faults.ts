import { StatisticoError } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";

/** What may go wrong with a request: named by when it does, before or after what was asked is done. */
export const FAULTS = {
  "reset-before": "the connection breaks, nothing is done",
  "silence-before": "no reply ever comes, nothing is done",
  "503-before": "503, nothing is done",
  "429-before": "429, nothing is done",
  "late-after": "it is done at once, the reply comes late",
  "reset-after": "it is done, the connection breaks",
  "silence-after": "it is done, no reply ever comes",
  "500-after": "it is done, 500",
  truncated: "it is done, the reply is cut short",
  garbage: "it is done, the reply is noise",
  html: "it is done, the reply is a page",
  "wrong-id": "it is done, the reply has another call's id",
  "timeout-report": "an order's report says TIMEOUT; it may be done",
  "errors-report": "it is done, the report says PROCESSED_WITH_ERRORS and no more",
  "session-kill": "every session ends",
  "login-ban": "logins are refused for a while",
  maintenance: "everything answers 503 for half a minute",
  "stream-drop": "a message of the stream is never sent",
  "stream-duplicate": "a message of the stream comes twice",
  "stream-reset": "the stream's connection ends",
  "stream-half-open": "the stream says nothing more and stays open",
  "stream-503": "the stream calls its data unreliable for ten seconds",
  "stream-image": "the stream sends everything anew",
} as const;

export type Fault = keyof typeof FAULTS;

export type RequestKind = "order" | "question" | "login" | "stream";

/** Chance of each fault, by kind of request. */
export type FaultRates = Readonly<Record<RequestKind, Partial<Record<Fault, number>>>>;

export const CALM: FaultRates = { order: {}, question: {}, login: {}, stream: {} };

/** About one order in three and one question in seven meets something. */
export const STORM: FaultRates = {
  order: {
    "reset-before": 0.03,
    "silence-before": 0.01,
    "503-before": 0.03,
    "429-before": 0.02,
    "late-after": 0.06,
    "reset-after": 0.03,
    "silence-after": 0.01,
    "500-after": 0.03,
    truncated: 0.02,
    garbage: 0.02,
    html: 0.01,
    "wrong-id": 0.02,
    "timeout-report": 0.03,
    "errors-report": 0.02,
    "session-kill": 0.005,
    maintenance: 0.002,
  },
  question: {
    "reset-before": 0.03,
    "silence-before": 0.005,
    "503-before": 0.04,
    "late-after": 0.03,
    truncated: 0.02,
    garbage: 0.01,
    "wrong-id": 0.01,
    "session-kill": 0.002,
  },
  login: { "503-before": 0.1 },
  stream: {
    "stream-drop": 0.005,
    "stream-duplicate": 0.01,
    "stream-reset": 0.001,
    "stream-half-open": 0.0005,
    "stream-503": 0.002,
    "stream-image": 0.002,
  },
};

/** The fault of one request: one draw from `rng` whatever comes of it. */
export function drawFault(rates: FaultRates, kind: RequestKind, rng: Rng): Fault | null {
  let left = rng();
  for (const [fault, chance] of Object.entries(rates[kind])) {
    left -= chance;
    if (left < 0) return fault as Fault;
  }
  return null;
}

/** Read `{"order": {"reset-after": 0.1}, "question": {...}}`. Throws StatisticoError for anything else. */
export function readFaults(text: string, name: string): FaultRates {
  const rates: Record<RequestKind, Partial<Record<Fault, number>>> = {
    order: {},
    question: {},
    login: {},
    stream: {},
  };
  for (const [kind, chances] of Object.entries(objectOf(text, name))) {
    if (!Object.hasOwn(rates, kind)) throw wrong(name, `kind "${kind}"`);
    if (typeof chances !== "object" || chances === null) throw wrong(name, `"${kind}"`);
    for (const [fault, chance] of Object.entries(chances)) {
      if (!Object.hasOwn(FAULTS, fault)) throw wrong(name, `fault "${fault}"`);
      if (typeof chance !== "number" || !(chance >= 0 && chance <= 1))
        throw wrong(name, `chance of "${fault}"`);
      rates[kind as RequestKind][fault as Fault] = chance;
    }
  }
  return rates;
}

function objectOf(text: string, name: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
  } catch {
    // Said below.
  }
  throw wrong(name, "the whole: it is no JSON object");
}

function wrong(name: string, what: string): StatisticoError {
  return new StatisticoError(
    "usage",
    `${name} is no fault file: ${what}`,
    "statistico practice --list-faults",
  );
}
