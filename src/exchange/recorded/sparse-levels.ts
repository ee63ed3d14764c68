/**
 * Sizes by key, keys ascending: key, size, key, size, ...
 *
 * A plain array on purpose: most handicap runners have two or three prices, and there are thousands of them; a typed
 * array costs more to make than they ever cost to keep.
 */
export type SparseLevels = number[];

/** Twice the place of a key, or of the first key above it. Searched from the end: there the best prices are. */
export function slotOf(pairs: SparseLevels, key: number): number {
  let slot = pairs.length;
  while (slot > 0 && pairs[slot - 2] >= key) slot -= 2;
  return slot;
}

/** The size at a key, 0 where there is none. */
export function getSparse(pairs: SparseLevels, key: number): number {
  const slot = slotOf(pairs, key);
  return slot < pairs.length && pairs[slot] === key ? pairs[slot + 1] : 0;
}

/** Make `size` what stands at a key; 0 removes it. */
export function setSparse(pairs: SparseLevels, key: number, size: number): void {
  const slot = slotOf(pairs, key);
  if (slot < pairs.length && pairs[slot] === key) {
    if (size === 0) remove(pairs, slot);
    else pairs[slot + 1] = size;
  } else if (size !== 0) insert(pairs, slot, key, size);
}

function remove(pairs: SparseLevels, slot: number): void {
  for (let i = slot + 2; i < pairs.length; i++) pairs[i - 2] = pairs[i];
  pairs.pop();
  pairs.pop();
}

function insert(pairs: SparseLevels, slot: number, key: number, size: number): void {
  pairs.push(key, size);
  for (let i = pairs.length - 1; i > slot + 1; i--) pairs[i] = pairs[i - 2];
  pairs[slot] = key;
  pairs[slot + 1] = size;
}
