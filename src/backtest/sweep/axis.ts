import { StatisticoError } from "../../core/errors.js";

export type AxisValue = number | string | boolean;

/** One thing that a sweep varies: a place in the strategy file and the values it takes. */
export interface Axis {
  /** Keys joined by dots, an index for a list: "entry.edge.min", "filters.0.atLeast". */
  readonly path: string;
  readonly values: readonly AxisValue[];
}

const EXAMPLE = "--set entry.edge.min=0.01:0.10:0.01 --set model.halfLifeDays=200,400";
const MOST_VALUES = 1000;
/** Names that would reach into the language itself. */
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

/** Read "path=from:to:step" or "path=a,b,c". Throws StatisticoError("usage") for anything else. */
export function parseAxis(text: string): Axis {
  const at = text.indexOf("=");
  const path = text.slice(0, Math.max(0, at)).trim();
  const keys = path.split(".");
  if (at < 1 || keys.some((key) => !/^\w+$/.test(key) || FORBIDDEN.includes(key)))
    throw new StatisticoError("usage", `--set must be like path=values, was "${text}"`, EXAMPLE);
  const values = valuesOf(text.slice(at + 1).trim(), text);
  return { path, values: [...new Set(values)] };
}

function valuesOf(text: string, whole: string): AxisValue[] {
  if (text === "") throw new StatisticoError("usage", `--set names no value, was "${whole}"`, EXAMPLE);
  const parts = text.split(":");
  if (parts.length === 3 && parts.every(isNumber)) return steps(parts, whole);
  return text.split(",").map((part) => readValue(part.trim()));
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text.trim());
}

function readValue(text: string): AxisValue {
  if (isNumber(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text;
}

/** In whole units of the finest decimal place that was written, so that 0.01:0.10:0.01 has ten values and no 0.060000001. */
function steps(parts: readonly string[], whole: string): number[] {
  const places = Math.max(...parts.map((part) => part.trim().split(".")[1]?.length ?? 0));
  const scale = 10 ** places;
  const [from = 0, to = 0, step = 0] = parts.map((part) => Math.round(Number(part) * scale));
  const count = Math.floor((to - from) / step) + 1;
  if (step === 0 || !(count >= 1 && count <= MOST_VALUES))
    throw new StatisticoError(
      "usage",
      `--set must step from its first to its last value, was "${whole}"`,
      EXAMPLE,
    );
  return Array.from({ length: count }, (_, k) => (from + k * step) / scale);
}
