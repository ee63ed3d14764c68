import fc from "fast-check";

type Json = Record<string, unknown>;

const price = fc.integer({ min: 101, max: 1200 }).map((hundredths) => hundredths / 100);
const size = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 5_000_000 }).map((pence) => pence / 100),
);
const pairs = fc.array(fc.tuple(price, size), { maxLength: 4 });
const triples = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), price, size), { maxLength: 3 });
const projected = fc.oneof(price, fc.constantFrom("NaN", "Infinity"));
const id = fc.integer({ min: 1, max: 3 });

const runner = fc.record(
  {
    id,
    hc: fc.constantFrom(0, -0.25, 1.5),
    atb: pairs,
    atl: pairs,
    trd: pairs,
    spb: pairs,
    batb: triples,
    bdatl: triples,
    ltp: price,
    tv: size,
    spn: projected,
    spf: projected,
  },
  { requiredKeys: ["id"] },
);

/** What would be refused: a price off every ladder, a negative size, a runner without an id. */
const faulty = fc.constantFrom<Json>({ id: 1, atb: [[0.5, 2]] }, { id: 1, trd: [[2, -3]] }, { ltp: 3 });

const change = fc.record(
  {
    id: fc.constantFrom("1.1", "1.2"),
    img: fc.boolean(),
    tv: size,
    rc: fc.array(fc.oneof({ weight: 12, arbitrary: runner }, { weight: 1, arbitrary: faulty }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ["id"] },
);

const message = fc.record(
  {
    step: fc.integer({ min: 0, max: 3 }),
    ct: fc.constantFrom("SUB_IMAGE", "HEARTBEAT", undefined, undefined, undefined),
    mc: fc.array(change, { maxLength: 3 }),
  },
  { requiredKeys: ["step"] },
);

/** Lines of a stream of two markets, some of them twice, some with parts that must be refused. */
export const streamLines: fc.Arbitrary<string[]> = fc
  .array(message, { minLength: 1, maxLength: 25 })
  .map((messages) => {
    let pt = 1000;
    return messages.map(({ step, ...rest }, i) => {
      pt += step;
      return JSON.stringify({ op: "mcm", clk: `c${step === 0 ? i >> 1 : i}`, pt, ...rest });
    });
  });
