const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** The image of 200 markets in one piece is a few megabytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Bytes of a connection to whole messages. */
export interface Frames {
  /** Messages that these bytes complete. Throws RangeError for one without an end. */
  push(chunk: Uint8Array): string[];
}

/**
 * Split at line ends, then decode: a letter of two bytes may lie across two chunks, so that decoding each chunk by
 * itself would lose it.
 */
export function createFrames(mostBytes = MOST_BYTES): Frames {
  let parts: Uint8Array[] = [];
  let held = 0;
  const decoder = new TextDecoder("utf-8");
  const take = (last: Uint8Array): string => {
    const whole = held === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    held = 0;
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    return decoder.decode(whole.subarray(0, end));
  };
  return {
    push(chunk) {
      const frames: string[] = [];
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
        const frame = take(chunk.subarray(from, at));
        if (frame !== "") frames.push(frame);
        from = at + 1;
      }
      held += chunk.length - from;
      if (held > mostBytes) throw new RangeError(`a message is longer than ${mostBytes} bytes`);
      // Copied: the socket may use its memory again.
      if (from < chunk.length) parts.push(chunk.slice(from));
      return frames;
    },
  };
}
