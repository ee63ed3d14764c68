import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrames } from "../../../src/exchange/betfair/stream/frames.js";

describe("frames of a stream", () => {
  // X5 of exchange.md: a letter of two bytes split across reads raised an error in a client of this API.
  it("are the same however the bytes are cut, names with accents included", () => {
    const message = fc.record({
      op: fc.constant("mcm"),
      name: fc.constantFrom("Alavés", "Köln", "東京", "🐴", ""),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.array(fc.nat(40), { maxLength: 30 }),
        (messages, cuts) => {
          const bytes = Buffer.from(messages.map((one) => `${JSON.stringify(one)}\r\n`).join(""));
          const frames = createFrames();
          const found: string[] = [];
          let at = 0;
          for (const cut of [...cuts, bytes.length]) {
            found.push(...frames.push(bytes.subarray(at, at + cut)));
            at += cut;
          }
          expect(found.map((one) => JSON.parse(one))).toEqual(messages);
        },
      ),
      { seed: 42, numRuns: 300 },
    );
  });

  it("take line feeds alone and pass over empty lines, as recordings have them", () => {
    expect(createFrames().push(Buffer.from('{"a":1}\n\r\n{"b":2}\n'))).toEqual(['{"a":1}', '{"b":2}']);
  });

  it("have an end", () => {
    const frames = createFrames(10);
    frames.push(Buffer.from("0123456789"));
    expect(() => frames.push(Buffer.from("0"))).toThrow(RangeError);
  });
});
