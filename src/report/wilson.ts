/** 95 % interval of a share of `n` trials, n > 0. Source: Wilson, JASA 22, 1927. */
export function wilsonInterval(share: number, n: number): { readonly low: number; readonly high: number } {
  const z2 = 1.959963984540054 ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = Math.sqrt((z2 * share * (1 - share)) / n + (z2 * z2) / (4 * n * n)) / (1 + z2 / n);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
