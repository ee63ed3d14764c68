import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createRng } from "../src/core/rng.js";
import { bestLayTick } from "../src/exchange/recorded/book.js";
import { decodeLog, encodeLog } from "../src/exchange/recorded/log.js";
import { createMcmReader, type McmReader, readLine, recordingsOf } from "../src/exchange/recorded/mcm.js";
import type { MarketRecording } from "../src/exchange/recorded/recording.js";
import { replay } from "../src/exchange/recorded/replay.js";
import { decodeBzip2 } from "../src/exchange/recorded/unpack/bzip2-decode.js";
import { isLive, type SimulatedOrder } from "../src/exchange/simulator/order.js";
import { cancelOrder, placeOrder } from "../src/exchange/simulator/send.js";
import { openSimulation, step } from "../src/exchange/simulator/simulation.js";

export const name = "market history: JSON lines to books, with orders, from the compiled log";

const ROUNDS = 15;
const SAMPLES = "../shared/data/betfair-stream/";
const FILES = [
  "flumine/1.200806927.gz",
  "nautilus_trader/1-206064380.bz2",
  "betfair_parser/1.127236622.bz2",
  "betfair_parser/1.242971311.bz2",
];

/** Each against a bare JSON.parse of the same lines, the log against the JSON path; the real samples when they are there. */
export function run(): readonly { label: string; ratio: number; unit?: string }[] {
  const files = FILES.filter((file) => existsSync(SAMPLES + file)).map((file) => ({
    file,
    lines: linesOf(file),
  }));
  if (files.length === 0) files.push({ file: "a generated market", lines: generated() });
  return [...files.flatMap(({ file, lines }) => compare(file, lines)), ...bunzip()];
}

function compare(file: string, lines: readonly string[]) {
  const recordings = recordingsOf(read(lines));
  const logs = recordings.map((recording) => encodeLog(recording, ""));
  const tasks = {
    parse: () => lines.map((line) => JSON.parse(line).op === "mcm"),
    book: () => recordingsOf(read(lines)).map((recording) => replay(recording)),
    orders: () => recordingsOf(read(lines)).map(trade),
    log: () => recordings.map((recording) => replay(recording)),
    load: () => logs.map((log) => replay(decodeLog(log, "log").recording)),
  };
  const ms = timed(tasks);
  return [
    { label: `${file}: lines to books / JSON.parse`, ratio: ms.parse / ms.book, unit: "times the rate" },
    {
      label: `${file}: with orders and fills / JSON.parse`,
      ratio: ms.parse / ms.orders,
      unit: "times the rate",
    },
    { label: `${file}: replay of the log / JSON path`, ratio: ms.book / ms.log, unit: "times" },
    { label: `${file}: log bytes, hash and replay / JSON path`, ratio: ms.book / ms.load, unit: "times" },
  ];
}

function bunzip() {
  const file = `${SAMPLES}nautilus_trader/1-206064380.bz2`;
  if (!existsSync(file) || spawnSync("bzip2", ["--help"]).status !== 0) return [];
  const packed = readFileSync(file);
  const ms = timed(
    {
      system: () => spawnSync("bzip2", ["-dc", file], { maxBuffer: 2 ** 28 }),
      own: () => [...decodeBzip2(packed)],
    },
    () => performance.now(),
  );
  return [{ label: "bz2: our decoder / the system's", ratio: ms.system / ms.own, unit: "times the rate" }];
}

function read(lines: readonly string[]): McmReader {
  const reader = createMcmReader();
  for (const line of lines) readLine(reader, line);
  return reader;
}

/** Back GBP 2 at the best price to lay on every runner all along, cancelled after a minute. */
function trade(recording: MarketRecording): void {
  const simulation = openSimulation(recording);
  const { book } = simulation;
  const last: (SimulatedOrder | null)[] = recording.runners.map(() => null);
  while (step(simulation)) {
    if (book.definition?.status !== "OPEN") continue;
    book.runners.forEach((runner, index) => {
      const order = last[index];
      if (order !== null && isLive(order)) {
        if (order.placedAt !== null && book.publishTime - order.placedAt > 60_000)
          cancelOrder(simulation, order);
        return;
      }
      const tick = bestLayTick(runner);
      if (tick < 0 || simulation.orders.length > 5000) return;
      const { selectionId, handicap } = runner;
      const price = book.ladder.price(tick);
      last[index] = placeOrder(simulation, {
        type: "LIMIT",
        selectionId,
        handicap,
        side: "BACK",
        price,
        sizeMinor: 200,
        persistence: "LAPSE",
      });
    });
  }
}

function linesOf(file: string): string[] {
  const bytes = readFileSync(SAMPLES + file);
  const parts = file.endsWith(".gz")
    ? [gunzipSync(bytes)]
    : [...decodeBzip2(bytes)].map((part) => (part.kind === "block" ? part.bytes : new Uint8Array(0)));
  return Buffer.concat(parts)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function generated(): string[] {
  const rng = createRng(1);
  const runners = Array.from({ length: 8 }, (_, id) => ({ id, status: "ACTIVE", sortPriority: id }));
  const marketDefinition = {
    eventTypeId: "1",
    eventId: "1",
    status: "OPEN",
    inPlay: false,
    turnInPlayEnabled: true,
    persistenceEnabled: true,
    bspMarket: false,
    bspReconciled: false,
    betDelay: 0,
    numberOfWinners: 1,
    marketBaseRate: 5,
    version: 1,
    marketTime: "2024-01-01T15:00:00.000Z",
    runners,
  };
  const price = () => Math.round(200 + 100 * rng()) / 100;
  const rc = () => ({
    id: Math.floor(8 * rng()),
    atb: [[price() - 1, Math.round(1e4 * rng()) / 100]],
    atl: [[price() + 1, Math.round(1e4 * rng()) / 100]],
    trd: [[price(), Math.round(1e6 * rng()) / 100]],
  });
  return Array.from({ length: 20_000 }, (_, i) =>
    JSON.stringify({
      op: "mcm",
      clk: `A${i}`,
      pt: 1_704_000_000_000 + 50 * i,
      mc: [{ id: "1.1", ...(i === 0 ? { marketDefinition } : {}), rc: [rc(), rc()] }],
    }),
  );
}

/**
 * Least processor time of each task, milliseconds, taken in turn: other programs on the machine take turns too, and
 * the wall clock would count theirs. Work of other processes, the system's bzip2, is measured by the wall.
 */
function timed<K extends string>(tasks: Record<K, () => unknown>, clock = processorMs): Record<K, number> {
  const names = Object.keys(tasks) as K[];
  const best = Object.fromEntries(names.map((key) => [key, Number.POSITIVE_INFINITY])) as Record<K, number>;
  for (let round = 0; round < ROUNDS; round++)
    for (const key of names) {
      const start = clock();
      tasks[key]();
      best[key] = Math.min(best[key], clock() - start);
    }
  return best;
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
