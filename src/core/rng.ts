/** A seeded stream of uniform numbers in [0, 1). Same seed and stream, same numbers, on every machine. */
export type Rng = () => number;

/**
 * sfc32 of Doty-Humphrey (PractRand), seeded by mixing `seed` and `stream` through splitmix32.
 *
 * `seed`, `stream`: integers, taken modulo 2^32. Streams of one seed are independent for practical purposes: use one
 * stream a worker or a task, never one generator passed between them.
 */
export function createRng(seed: number, stream = 0): Rng {
  const mix = splitmix32((seed >>> 0) ^ Math.imul(stream >>> 0, 0x9e3779b9));
  let a = mix();
  let b = mix() ^ (stream >>> 0);
  let c = mix();
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}
