import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { readYaml, type YamlDocument } from "../core/yaml-document.js";
import { AMOUNT_LIMITS, DEFAULT_LIMITS, type TradingLimits } from "./limits.js";

type Read = (value: unknown) => number | boolean | null;

/** Keys of the file, what each sets, and how it is read: undefined units would be a bet too many. */
const KEYS: Readonly<
  Record<string, { readonly limit: keyof TradingLimits; readonly read: Read; readonly like: string }>
> = {
  ...Object.fromEntries(
    AMOUNT_LIMITS.map((limit) => [
      limit.replace("Minor", ""),
      { limit, read: (value: unknown) => scaled(value, 100, true), like: "an amount like 10 or 12.50" },
    ]),
  ),
  maxDrift: { limit: "maxDrift", read: (value) => share(value), like: "a share of the net odds like 0.02" },
  maxPriceAge: { limit: "maxPriceAgeMs", read: (value) => scaled(value, 1000, false), like: "seconds" },
  minTimeToOff: { limit: "minTimeToOffMs", read: (value) => scaled(value, 1000, false), like: "seconds" },
  maxBetsPerRun: { limit: "maxBetsPerRun", read: (value) => scaled(value, 1, true), like: "a whole number" },
  maxUnknown: { limit: "maxUnknown", read: (value) => scaled(value, 1, true), like: "a whole number" },
  inPlay: {
    limit: "inPlay",
    read: (value) => (typeof value === "boolean" ? value : null),
    like: "true or false",
  },
};

/**
 * Limits from YAML: amounts in currency, times in seconds. What is left out stays as `DEFAULT_LIMITS`.
 *
 * Throws   StatisticoError("usage") with file:line:column for an unknown key and a value of the wrong kind.
 */
export function readLimits(text: string, file: string): TradingLimits {
  const reading = readYaml(text);
  if (reading.kind === "refused") {
    const [{ line, column, text: wrong } = { line: 1, column: 1, text: "is not YAML" }] = reading.problems;
    throw new StatisticoError("usage", `${file}:${line}:${column} ${wrong}`, `edit ${file}`);
  }
  const { document } = reading;
  if (typeof document.value !== "object" || document.value === null || Array.isArray(document.value))
    throw new StatisticoError("usage", `${file}:1:1 limits are a mapping`, "perBet: 10");
  const changes = Object.entries(document.value).map(([key, value]) => entryOf(key, value, document, file));
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(changes) };
}

function entryOf(
  key: string,
  value: unknown,
  document: YamlDocument,
  file: string,
): [string, number | boolean] {
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!known) {
    const { line, column } = document.keyPlace([key]);
    const [meant] = nearest(key, Object.keys(KEYS));
    throw new StatisticoError(
      "usage",
      `${file}:${line}:${column} unknown limit, was ${key}`,
      meant ? `did you mean ${meant}?` : Object.keys(KEYS).join(", "),
    );
  }
  const read = known.read(value);
  if (read !== null) return [known.limit, read];
  const { line, column } = document.place([key]);
  throw new StatisticoError(
    "usage",
    `${file}:${line}:${column} ${key} is ${known.like}, was ${String(value)}`,
    `${key}:`,
  );
}

/** A number >= 0 in smaller units; whole ones where a fraction of them would mean nothing. */
function scaled(value: unknown, factor: number, whole: boolean): number | null {
  if (typeof value !== "number" || !(value >= 0) || value > 1e9) return null;
  const product = value * factor;
  const rounded = Math.round(product);
  if (Math.abs(product - rounded) > 1e-6) return whole ? null : product;
  return rounded;
}

function share(value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value <= 1 ? value : null;
}
