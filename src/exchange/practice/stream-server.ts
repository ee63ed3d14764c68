import { createServer, type Server, type TLSSocket } from "node:tls";
import { createFrames } from "../betfair/stream/frames.js";
import type { Certified } from "./certificate.js";
import { type StreamOptions, StreamSession } from "./stream-session.js";

/** Without a word for so long a connection that has subscribed to nothing is closed. */
const IDLE_MS = 15_000;
const MOST_BYTES = 1024 * 1024;

/** Exchange Stream API on the loopback interface. */
export function createStreamServer(options: StreamOptions, server: Certified): Server {
  let connections = 0;
  return createServer({ cert: server.cert, key: server.key }, (socket) => {
    connections += 1;
    serveSocket(options, socket, `practice-${connections}`);
  });
}

function serveSocket(options: StreamOptions, socket: TLSSocket, id: string): void {
  socket.setNoDelay(true);
  const frames = createFrames(MOST_BYTES);
  let frozen = false;
  const session = new StreamSession(
    options,
    {
      send: (message) => void (!frozen && socket.writable && socket.write(`${JSON.stringify(message)}\r\n`)),
      end: () => void socket.end(),
      freeze() {
        frozen = true;
      },
    },
    id,
  );
  const idle = setTimeout(() => socket.destroy(), IDLE_MS);
  socket.on("data", (chunk: Buffer) => {
    clearTimeout(idle);
    try {
      for (const frame of frames.push(chunk)) session.receive(frame);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      socket.destroy();
    }
  });
  socket.on("close", () => {
    clearTimeout(idle);
    session.close();
  });
  // A client that was killed has nobody to be told.
  socket.on("error", () => {});
}
