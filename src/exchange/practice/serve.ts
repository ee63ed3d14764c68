import type { Server as HttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Server as TlsServer } from "node:tls";
import type { Instant } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import { createRng } from "../../core/rng.js";
import { createDesk } from "./desk.js";
import { createExchange } from "./exchange.js";
import type { Exchange, ExchangeOptions } from "./exchange-state.js";
import type { FaultRates } from "./faults.js";
import { createFront } from "./front.js";
import { createHttpServer } from "./http-server.js";
import { type Journal, openJournal, readJournal } from "./journal.js";
import { type Pacing, type PracticeClock, practiceClock } from "./practice-clock.js";
import { replay } from "./replay.js";
import { createSessions } from "./sessions.js";
import { openSecrets, stateFolder, writeProfile } from "./state-folder.js";
import { createStreamLog } from "./stream-log.js";
import { createStreamServer } from "./stream-server.js";

export interface ServeOptions {
  readonly folder: string;
  /** What a new exchange is made of; a folder with a journal goes on with its own. */
  readonly exchange: ExchangeOptions;
  readonly pacing: Pacing;
  readonly rates: FaultRates;
  readonly allErrors: boolean;
  /** 0 for any free port. */
  readonly port: number;
  /** The wall's time: certificates are dated by it. */
  readonly wall: Instant;
}

/** A practice exchange that takes requests. */
export interface Running {
  readonly httpPort: number;
  readonly streamPort: number;
  readonly clock: PracticeClock;
  readonly exchange: Exchange;
  /** Whether a journal was taken up. */
  readonly resumed: boolean;
  close(): Promise<void>;
}

const TICK_MS = 100;

/** Open the exchange of a folder, anew or where its journal ends, and let it take requests on the loopback interface. */
export async function serve(options: ServeOptions): Promise<Running> {
  const files = stateFolder(options.folder);
  const secrets = openSecrets(options.folder, options.wall);
  const entries = readJournal(files.journal);
  const resumed = entries.length > 0;
  const clock = practiceClock(options.pacing);
  const exchange = resumed ? replay(entries, clock.now()) : createExchange(options.exchange);
  const journal = openJournal(files.journal);
  if (!resumed) journal.append({ kind: "opened", version: 1, options: options.exchange });
  journal.append({ kind: "started", at: clock.now() });
  const starts = entries.filter(({ kind }) => kind === "started").length;
  const chance = createRng(exchange.options.seed, 1_000_000 + starts);
  const desk = createDesk({
    exchange,
    clock,
    journal,
    rng: createRng(exchange.options.seed, 2_000_000 + starts),
    username: secrets.username,
    appKey: secrets.appKey,
    allErrors: options.allErrors,
  });
  const sessions = createSessions(secrets, clock);
  const front = createFront({ desk, sessions, clock, journal, rates: options.rates, rng: chance });
  const http = createHttpServer(front, secrets.server, secrets.authority.cert, clock);
  const stream = createStreamServer(
    {
      exchange,
      sessions,
      log: createStreamLog(exchange),
      clock,
      rates: options.rates,
      rng: createRng(exchange.options.seed, 3_000_000 + starts),
      onShown: desk.show,
    },
    secrets.server,
  );
  const streams = new Set<Socket>();
  stream.on("connection", (socket: Socket) => {
    streams.add(socket);
    socket.once("close", () => streams.delete(socket));
  });
  desk.tick();
  const httpPort = await listen(http, options.port);
  const streamPort = await listen(stream, 0);
  writeProfile(options.folder, { httpPort, streamPort, pacing: options.pacing });
  const timer = setInterval(() => desk.tick(), TICK_MS);
  let closed: Promise<void> | null = null;
  return {
    httpPort,
    streamPort,
    clock,
    exchange,
    resumed,
    close() {
      closed ??= close(http, stream, streams, journal, timer);
      return closed;
    },
  };
}

/** On 127.0.0.1 and no other address. */
function listen(server: TlsServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new StatisticoError(
          "failed",
          `cannot listen on port ${port}, was ${error.code}`,
          "statistico practice --port 0",
        ),
      ),
    );
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Connections end at once: whoever is on them would learn nothing more. */
function close(
  http: HttpsServer,
  stream: TlsServer,
  streams: ReadonlySet<Socket>,
  journal: Journal,
  timer: NodeJS.Timeout,
): Promise<void> {
  clearInterval(timer);
  const closed = [http, stream].map((server) => new Promise<void>((done) => server.close(() => done())));
  http.closeAllConnections();
  for (const socket of streams) socket.destroy();
  return Promise.all(closed).then(() => journal.close());
}
