const TABLE_SIZE = 171;
const TABLE = tabulate();

/** ln(k!) of a whole number k >= 0: a sum of logarithms, exact to a few rounding units. */
export function logFactorial(k: number): number {
  if (k < TABLE_SIZE) return TABLE[k];
  let sum = TABLE[TABLE_SIZE - 1];
  for (let j = TABLE_SIZE; j <= k; j++) sum += Math.log(j);
  return sum;
}

function tabulate(): Float64Array {
  const table = new Float64Array(TABLE_SIZE);
  for (let k = 2; k < TABLE_SIZE; k++) table[k] = table[k - 1] + Math.log(k);
  return table;
}
