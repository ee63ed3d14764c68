import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");

interface Import {
  readonly file: string;
  readonly target: string;
}

const rooms = new Map(tableRows("room").map(([room, , mayImport]) => [room, split(mayImport)]));
const homes = new Map(tableRows("package").map(([name, home]) => [name, split(home)]));
const pure = split(/The pure half \(([^)]+)\)/.exec(text)?.[1] ?? "");
const files = sources(join(root, "src"));
const imports = files.flatMap(importsOf);
const ours = imports.filter(({ target }) => target.startsWith("src/"));
const foreign = imports.filter(({ target }) => !target.startsWith("src/"));

describe("the architecture", () => {
  it("has a row for every room and a room for every row", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual([...rooms.keys()].sort());
  });

  it("lets imports point only where the table says", () => {
    const wrong = ours.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      return from !== to && !rooms.get(from)?.includes(to);
    });
    expect(wrong.map(arrow)).toEqual([]);
  });

  it("shows other rooms only the ports of the warehouse and of the ledger", () => {
    const wrong = ours.filter(
      ({ file, target }) =>
        target.startsWith("src/warehouse/") &&
        !["src/warehouse/port.ts", "src/warehouse/ledger/port.ts"].includes(target) &&
        !["warehouse", "app", "index"].includes(roomOf(file)),
    );
    expect(wrong.map(arrow)).toEqual([]);
  });

  it("keeps every package in its home", () => {
    const wrong = foreign.filter(({ file, target }) => {
      const name = packageOf(target);
      return !target.startsWith("node:") && !homes.get(name)?.includes(roomOf(file));
    });
    expect(wrong.map(arrow)).toEqual([]);
  });

  it("keeps the pure half free of Node, clocks, chance and I/O", () => {
    const impure =
      /\bDate\.now\(|\bnew Date\(|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bfetch\(|\bconsole\./;
    const wrong = files.filter((file) => pure.includes(roomOf(file)) && impure.test(code(file)));
    const node = foreign.filter(
      ({ file, target }) => pure.includes(roomOf(file)) && target.startsWith("node:"),
    );
    expect([...wrong, ...node.map(arrow)]).toEqual([]);
  });

  it("has no import cycle", () => {
    expect(cycle(ours)).toEqual([]);
  });

  it("steps around neither types nor safety", () => {
    const forbidden =
      /: any\b|\bas any\b|\bas unknown as\b|@ts-ignore|@ts-expect-error|\beval\(|new Function\(|node:vm/;
    expect(files.filter((file) => forbidden.test(code(file)))).toEqual([]);
  });
});

function tableRows(heading: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows: string[][] = [];
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith("|")) break;
    rows.push(
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  }
  return rows;
}

function split(list: string | undefined): string[] {
  return (list ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** The folder under src, or for a file directly in it the file's own name; the command table is part of the cli. */
function roomOf(file: string): string {
  const [, first, second] = file.split("/");
  if (second !== undefined) return first;
  const name = first.replace(/\.ts$/, "");
  return name === "command-table" ? "cli" : name;
}

/** A file's text without comments: words about a clock are no clock. */
function code(file: string): string {
  return readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "");
}

function importsOf(file: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;"]*?from\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...code(file).matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3];
    const target = name.startsWith(".") ? normalize(join(dirname(file), name)).replace(/\.js$/, ".ts") : name;
    return { file, target };
  });
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

function arrow({ file, target }: Import): string {
  return `${file} -> ${target}`;
}

/** The files of one cycle, or none. */
function cycle(edges: readonly Import[]): string[] {
  const next = group(edges);
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target } of next.get(file) ?? []) {
      const found = walk(target, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const { file } of edges) {
    const found = walk(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

function group(edges: readonly Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>();
  for (const edge of edges) groups.set(edge.file, [...(groups.get(edge.file) ?? []), edge]);
  return groups;
}
