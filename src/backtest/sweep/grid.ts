import { invariant } from "../../core/assert.js";
import { StatisticoError } from "../../core/errors.js";
import type { Rng } from "../../core/rng.js";
import type { Plain } from "../../core/yaml-document.js";
import type { Axis, AxisValue } from "./axis.js";

/** One value of each axis, in the order of the axes. */
export type Choice = readonly AxisValue[];

const MOST_CHOICES = 100_000;

/** Every combination of the axes' values, the last axis turning fastest. */
export function everyChoice(axes: readonly Axis[]): Choice[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_CHOICES)
    throw new StatisticoError("usage", `the grid is too large, was ${count} configurations`, "--random 1000");
  return Array.from({ length: count }, (_, index) => choiceAt(axes, index));
}

function choiceAt(axes: readonly Axis[], index: number): Choice {
  let rest = index;
  const turned = [...axes].reverse().map(({ values }) => {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    invariant(value !== undefined, "an axis has values");
    return value;
  });
  return turned.reverse();
}

/** `count` different choices of the grid drawn at random, in the order of the grid; all of it when it has no more. */
export function randomChoices(axes: readonly Axis[], count: number, rng: Rng): Choice[] {
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (count >= size) return everyChoice(axes);
  const drawn = new Set<number>();
  // Floyd's sampling: `count` draws, none in vain.
  for (let last = size - count; last < size; last++) {
    const index = Math.floor(rng() * (last + 1));
    drawn.add(drawn.has(index) ? last : index);
  }
  return [...drawn].sort((a, b) => a - b).map((index) => choiceAt(axes, index));
}

/** A strategy document with a choice put in its places. Nothing of the given document is changed. */
export function withChoice(document: Plain, axes: readonly Axis[], choice: Choice): Plain {
  return axes.reduce((changed, { path }, index) => setIn(changed, path.split("."), choice[index]), document);
}

function setIn(node: Plain, keys: readonly string[], value: AxisValue): Plain {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (isList(node) && /^\d+$/.test(key)) {
    const index = Number(key);
    return node.map((item, at) => (at === index ? setIn(item, rest, value) : item));
  }
  const object = typeof node === "object" && node !== null && !isList(node) ? node : {};
  return { ...object, [key]: setIn(object[key] ?? null, rest, value) };
}

function isList(node: Plain): node is readonly Plain[] {
  return Array.isArray(node);
}
