import { connect } from "node:tls";
import type { BetfairProfile } from "../profile.js";
import { createFrames } from "./frames.js";
import type { Message } from "./market-feed.js";

/** One TLS connection, from its beginning to its end. */
export interface Connection {
  readonly open: () => boolean;
  send(message: Message): void;
  /** End it; `why` is what `onClose` is told. */
  close(why: string): void;
}

export interface ConnectionListeners {
  readonly onMessage: (message: Message) => void;
  /** Told once, with a code of ours or of the network's. */
  readonly onClose: (why: string) => void;
}

/** Why a connection ended that brought something which is no message. */
export const UNREADABLE = "UNREADABLE_MESSAGE";
const CONNECT_MS = 5000;
/** Silence for so many heartbeats is the end of a connection, whatever the socket says. */
const MOST_SILENT = 2;

/** Connect, with the certificate verified. A connection that falls silent, once it is made, is ended here. */
export function openConnection(
  { stream, authority }: Pick<BetfairProfile, "stream" | "authority">,
  heartbeatMs: number,
  { onMessage, onClose }: ConnectionListeners,
): Connection {
  const { host, port } = stream;
  const trust = authority === null ? {} : { ca: authority };
  const socket = connect({
    host,
    port,
    servername: host,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ...trust,
  });
  const frames = createFrames();
  let why = "CONNECTION_FAILED";
  let heard = performance.now();
  const close = (reason: string): void => {
    if (!socket.destroyed) why = reason;
    socket.destroy();
  };
  const watch = setInterval(() => {
    const most = socket.connecting ? CONNECT_MS : MOST_SILENT * heartbeatMs;
    if (performance.now() - heard > most) close("SILENCE");
  }, heartbeatMs / 4);
  socket.on("data", (chunk: Buffer) => {
    heard = performance.now();
    for (const message of messagesOf(frames.push.bind(frames), chunk, close))
      if (!socket.destroyed) onMessage(message);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    why = error.code ?? why;
  });
  socket.on("close", () => {
    clearInterval(watch);
    onClose(why);
  });
  return {
    open: () => !socket.destroyed,
    send: (message) => void socket.write(`${JSON.stringify(message)}\r\n`),
    close,
  };
}

/** Whole messages of some bytes; none from the first on that is no message. */
function messagesOf(
  push: (chunk: Buffer) => string[],
  chunk: Buffer,
  close: (why: string) => void,
): Message[] {
  const messages: Message[] = [];
  try {
    for (const frame of push(chunk)) messages.push(messageOf(frame));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    close(UNREADABLE);
  }
  return messages;
}

function messageOf(frame: string): Message {
  const json: unknown = JSON.parse(frame);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Message;
  throw new SyntaxError("a message is no object");
}
