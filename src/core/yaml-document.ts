import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLError,
} from "yaml";
import { collapseSpace, stripControls } from "../core/text.js";

/** What is wrong with a text, and where: lines and columns count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export type Path = readonly (string | number)[];

/** A YAML text as plain data without prototypes, and where each part of it stands. */
export interface YamlDocument {
  readonly value: Plain;
  /** Place of the value at a path, or of the nearest part around it that exists. */
  readonly place: (path: Path) => Place;
  /** Place of the last key of a path, or of the nearest part around it that exists. */
  readonly keyPlace: (path: Path) => Place;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

export type YamlReading =
  | { readonly kind: "read"; readonly document: YamlDocument }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

const MAX_BYTES = 256 * 1024;
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 12;
const MAX_NODES = 10_000;
const MAX_ALIASES = 50;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Read one YAML 1.2 document as untrusted input.
 *
 * Refused, as data: more than 256 KB, 20,000 tokens, 12 levels, 10,000 nodes or 50 aliases; syntax errors and
 * warnings; duplicate keys; keys that reach for a prototype; `.inf` and `.nan`; anything but one mapping or list.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const tooMuch = scan(text);
  if (tooMuch) return { kind: "refused", problems: [tooMuch] };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: "error",
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return {
      kind: "refused",
      problems: faults.map((fault) => ({ ...placeOf(lines, fault.pos[0]), text: yamlWords(fault, text) })),
    };
  return convert(document, lines);
}

/** Bounds on the raw tokens: the parser proper recurses with depth and compares keys pairwise. */
function scan(text: string): Problem | null {
  if (text.length > MAX_BYTES)
    return { line: 1, column: 1, text: `file is larger than 256 KB, was ${text.length} characters` };
  let flow = 0;
  let indicators = 0;
  let tokens = 0;
  let line = 1;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") flow++;
    else if (token === "]" || token === "}") flow--;
    else if (flow === 0 && (token === "-" || token === "?" || token === ":")) indicators++;
    else if (token === "\n" || token === "\r\n") indicators = 0;
    for (let at = token.indexOf("\n"); at >= 0; at = token.indexOf("\n", at + 1)) line++;
    const deep = flow > MAX_DEPTH || indicators > 2 * MAX_DEPTH || /^ {100,}$/.test(token);
    if (deep) return { line, column: 1, text: `nested deeper than ${MAX_DEPTH} levels` };
    if (++tokens > MAX_TOKENS) return { line, column: 1, text: `more than ${MAX_TOKENS} words and signs` };
  }
  return null;
}

interface Conversion {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly values: Map<string, number>;
  readonly keys: Map<string, number>;
  readonly problems: Problem[];
  nodes: number;
  aliases: number;
}

function convert(document: Document.Parsed, lines: LineCounter): YamlReading {
  const state: Conversion = {
    document,
    lines,
    values: new Map(),
    keys: new Map(),
    problems: [],
    nodes: 0,
    aliases: 0,
  };
  const value = plain(state, document.contents, [], 0);
  if (state.problems.length > 0) return { kind: "refused", problems: state.problems };
  return {
    kind: "read",
    document: {
      value,
      place: (path) => placeOf(lines, nearestOffset(state.values, path)),
      keyPlace: (path) => placeOf(lines, nearestOffset(state.keys, path)),
    },
  };
}

function plain(state: Conversion, node: unknown, path: Path, depth: number): Plain {
  const offset = offsetOf(node);
  if (offset !== null) {
    const at = pathKey(path);
    state.values.set(at, offset);
    if (!state.keys.has(at)) state.keys.set(at, offset);
  }
  if (depth > MAX_DEPTH) return refuse(state, offset, `nested deeper than ${MAX_DEPTH} levels`);
  if (++state.nodes > MAX_NODES) return refuse(state, offset, `more than ${MAX_NODES} values`);
  if (isAlias(node)) return plainAlias(state, node, path, depth);
  if (isMap(node)) return plainMap(state, node.items, path, depth);
  if (isSeq(node)) return plainList(state, node.items, path, depth);
  return isScalar(node) ? plainScalar(state, node, offset) : null;
}

function plainAlias(state: Conversion, node: Node, path: Path, depth: number): Plain {
  if (!isAlias(node)) return null;
  const offset = offsetOf(node);
  if (++state.aliases > MAX_ALIASES) return refuse(state, offset, `more than ${MAX_ALIASES} aliases`);
  const target = node.resolve(state.document);
  if (!target) return refuse(state, offset, `alias has no anchor, was *${shown(node.source)}`);
  return plain(state, target, path, depth + 1);
}

function plainMap(
  state: Conversion,
  items: readonly { readonly key: unknown; readonly value: unknown }[],
  path: Path,
  depth: number,
): Plain {
  const map: Record<string, Plain> = Object.create(null);
  for (const { key, value } of items) {
    if (exhausted(state)) break;
    const offset = offsetOf(key);
    const name = isScalar(key) ? String(key.value) : "";
    if (FORBIDDEN_KEYS.has(name)) {
      refuse(state, offset, `key is not allowed, was ${shown(name)}`);
      continue;
    }
    const inner = [...path, name];
    if (offset !== null) state.keys.set(pathKey(inner), offset);
    map[name] = plain(state, value, inner, depth + 1);
  }
  return map;
}

function plainList(state: Conversion, items: readonly unknown[], path: Path, depth: number): Plain {
  const list: Plain[] = [];
  for (const [index, item] of items.entries()) {
    if (exhausted(state)) break;
    list.push(plain(state, item, [...path, index], depth + 1));
  }
  return list;
}

function plainScalar(state: Conversion, node: Scalar, offset: number | null): Plain {
  const { value, source } = node;
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return refuse(
    state,
    offset,
    `value must be a finite number, a text or true or false, was ${shown(source ?? String(value))}`,
  );
}

/** One bomb, one message: after a bound is hit nothing more is read. */
function exhausted(state: Conversion): boolean {
  return state.problems.length > 0 && (state.nodes > MAX_NODES || state.aliases > MAX_ALIASES);
}

function refuse(state: Conversion, offset: number | null, text: string): null {
  state.problems.push({ ...placeOf(state.lines, offset ?? 0), text });
  return null;
}

function offsetOf(node: unknown): number | null {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? null) : null;
}

function nearestOffset(offsets: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsets.get(pathKey(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function pathKey(path: Path): string {
  return JSON.stringify(path);
}

function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The parser's words in our manner: lower case, no full stop, one line. */
function yamlWords(fault: YAMLError, text: string): string {
  if (fault.code === "DUPLICATE_KEY")
    return `key is given twice, was ${shown(/^[^\s:,}]{1,60}/.exec(text.slice(fault.pos[0]))?.[0] ?? "")}`;
  const line = fault.message.split("\n", 1)[0] ?? fault.message;
  return `not valid YAML: ${line.charAt(0).toLowerCase()}${line.slice(1).replace(/[.:]$/, "")}`;
}

/** A value for a message: one line, no control characters, at most 40 characters. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const clean = stripControls(collapseSpace(text));
  return clean.length > 40 ? `${clean.slice(0, 39)}…` : clean;
}
