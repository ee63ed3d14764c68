import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { StatisticoError } from "../../core/errors.js";
import { writeFailure } from "../../files/write-whole.js";
import { applyLine, type PaperLine, type PaperState } from "./order.js";

/** Orders on paper outlive the process: one line of JSON for each thing that happens, on the disk before it counts. */
export interface PaperOrders {
  all(): IterableIterator<PaperState>;
  get(betId: string): PaperState | undefined;
  append(lines: readonly PaperLine[]): void;
}

/** Orders in a file, mode 0600, made with the first line. A last line that was not finished was never taken: it is cut off. */
export function openPaperOrders(path: string): PaperOrders {
  const orders = new Map<string, PaperState>();
  for (const line of readLines(path)) applyLine(orders, line);
  return {
    all: () => orders.values(),
    get: (betId) => orders.get(betId),
    append(lines) {
      if (lines.length === 0) return;
      appendSynced(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      for (const line of lines) applyLine(orders, line);
    },
  };
}

/** Orders that end with the process: for tests and looks that place nothing. */
export function paperOrdersInMemory(): PaperOrders {
  const orders = new Map<string, PaperState>();
  return {
    all: () => orders.values(),
    get: (betId) => orders.get(betId),
    append: (lines) => {
      for (const line of lines) applyLine(orders, line);
    },
  };
}

function readLines(path: string): PaperLine[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const end = text.lastIndexOf("\n") + 1;
  if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)));
  return text
    .slice(0, end)
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => parsed(line, `${path}:${index + 1}`));
}

function parsed(line: string, place: string): PaperLine {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "kind" in value) return value as PaperLine;
  } catch {
    // Said below.
  }
  throw new StatisticoError(
    "data",
    `not an order on paper: ${place}`,
    `mv ${place.replace(/:\d+$/, "")} elsewhere`,
  );
}

function appendSynced(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, "a", 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw writeFailure(path, error);
  }
}
