import { StatisticoError } from "../../core/errors.js";
import { nearest } from "../../core/text.js";
import { type Path, readYaml, type YamlDocument } from "../../core/yaml-document.js";
import { LEDGER_MODES } from "../../warehouse/ledger/port.js";
import { type AlertPlan, type AlertRule, RULE_KINDS, SEVERITIES } from "./rule.js";

const TOP_KEYS = ["rules", "notify", "repeat"];
const RULE_KEYS = ["kind", "mode", "above", "severity"];
const NOTIFY_KEYS = ["command", "webhook"];

/**
 * Alert rules from YAML.
 *
 * Throws   StatisticoError("usage") with file:line:column for whatever is not as `docs/alerts.md` says.
 */
export function readAlertPlan(text: string, file: string): AlertPlan {
  const reading = readYaml(text);
  if (reading.kind === "refused") {
    const [{ line, column, text: wrong } = { line: 1, column: 1, text: "is not YAML" }] = reading.problems;
    throw new StatisticoError("usage", `${file}:${line}:${column} ${wrong}`, `edit ${file}`);
  }
  const reader = { document: reading.document, file };
  const top = mapping(reader, [], reading.document.value, TOP_KEYS);
  const notify = mapping(reader, ["notify"], top.notify ?? {}, NOTIFY_KEYS);
  const rules = list(reader, ["rules"], top.rules ?? []);
  return {
    rules: rules.map((rule, index) => ruleOf(reader, index, rule)),
    command: notify.command === undefined ? null : words(reader, notify.command),
    webhook: notify.webhook === undefined ? null : address(reader, notify.webhook),
    repeatHours: number(reader, ["repeat"], top.repeat ?? 24),
  };
}

interface Reader {
  readonly document: YamlDocument;
  readonly file: string;
}

function ruleOf(reader: Reader, index: number, value: unknown): AlertRule {
  const path = ["rules", index];
  const rule = mapping(reader, path, value, RULE_KEYS);
  return {
    kind: choice(reader, [...path, "kind"], rule.kind, RULE_KINDS),
    mode: choice(reader, [...path, "mode"], rule.mode ?? "paper", LEDGER_MODES),
    above: number(reader, [...path, "above"], rule.above ?? 0),
    severity: choice(reader, [...path, "severity"], rule.severity ?? "warning", SEVERITIES),
  };
}

function mapping(
  reader: Reader,
  path: Path,
  value: unknown,
  keys: readonly string[],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(reader, path, "is a mapping", value);
  for (const key of Object.keys(value))
    if (!keys.includes(key)) {
      const [meant] = nearest(key, keys);
      throw wrong(
        reader,
        [...path, key],
        `is none of ${keys.join(", ")}${meant ? `; did you mean ${meant}` : ""}`,
        key,
      );
    }
  return { ...value };
}

function list(reader: Reader, path: Path, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(reader, path, "is a list", value);
  return value;
}

function choice<T extends string>(reader: Reader, path: Path, value: unknown, choices: readonly T[]): T {
  const found = choices.find((each) => each === value);
  if (found === undefined) throw wrong(reader, path, `is one of ${choices.join(", ")}`, value);
  return found;
}

function number(reader: Reader, path: Path, value: unknown): number {
  if (typeof value !== "number" || value < 0) throw wrong(reader, path, "is a number from 0 on", value);
  return value;
}

function words(reader: Reader, value: unknown): readonly string[] {
  const path = ["notify", "command"];
  const all = list(reader, path, value);
  if (all.length === 0 || all.some((word) => typeof word !== "string"))
    throw wrong(reader, path, "is a list of a program and its arguments", value);
  return all.map(String);
}

/** Alerts tell of money: they go over TLS, or stay on this machine. */
function address(reader: Reader, value: unknown): string {
  if (typeof value === "string" && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$))/.test(value))
    return value;
  throw wrong(reader, ["notify", "webhook"], "is an https address", value);
}

function wrong({ document, file }: Reader, path: Path, what: string, value: unknown): StatisticoError {
  const { line, column } = document.place(path);
  const name = path.length === 0 ? "the file" : path.join(".");
  return new StatisticoError(
    "usage",
    `${file}:${line}:${column} ${name} ${what}, was ${JSON.stringify(value)}`,
    "statistico alerts example",
  );
}
