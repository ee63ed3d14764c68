/**
 * Names numbered in the order they are first met.
 *
 * A fit looks up two names a match, thousands of times the same few: a slot by length and two letters finds most of
 * them at half the price of a hash table, which is asked when the slot holds another name.
 */
export interface EntryList {
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /** Number of the name last seen under each short hash; -1 for none. */
  readonly slots: Int32Array;
}

const SLOTS = 256;

export function createEntryList(): EntryList {
  return { names: [], numbers: new Map(), slots: new Int32Array(SLOTS).fill(-1) };
}

/** Number of a name, given to it when it is new. */
export function entryNumber(list: EntryList, name: string): number {
  const last = name.length - 1;
  const slot = (last * 29 + name.charCodeAt(last) * 5 + name.charCodeAt(0) * 3) & (SLOTS - 1);
  const guess = list.slots[slot];
  if (guess >= 0 && list.names[guess] === name) return guess;
  const number = list.numbers.get(name) ?? enter(list, name);
  list.slots[slot] = number;
  return number;
}

function enter(list: EntryList, name: string): number {
  list.numbers.set(name, list.names.length);
  return list.names.push(name) - 1;
}
