import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { App, Define } from "../app.js";
import { present } from "../report/present.js";

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  readonly hint: string;
}

const EXAMPLES = `Examples:
  statistico doctor
  statistico doctor --json
`;
const NODE_WANTED = [20, 19] as const;
/** Before 3.51.3 a write-ahead log could be reset under a reader (sqlite.org, release notes of 3.51.3). */
const SQLITE_WANTED = [3, 51, 3] as const;
const FREE_WANTED_MIB = 500;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES).action(
    withApp(async (app) => {
      const findings = [
        node(),
        await sqlite(app),
        folder(app),
        space(app),
        ...(await database(app)),
        configuration(app),
      ];
      const rows = findings.map((finding) => ({ ...finding, state: finding.ok ? "ok" : "look" }));
      present(app, {
        schema: "statistico/doctor@1",
        document: { ok: findings.every(({ ok }) => ok), version: app.version, findings },
        columns: [
          { key: "state", title: "" },
          { key: "check", title: "check" },
          { key: "found", title: "found" },
          { key: "hint", title: "do" },
        ],
        rows,
      });
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (wrong > 0) process.exitCode = 1;
      app.console.say(wrong === 0 ? "all well" : `${wrong} things to look at`);
    }),
  );
};

function node(): Finding {
  const ok = atLeast(process.versions.node, NODE_WANTED);
  return {
    check: "Node.js",
    ok,
    found: process.versions.node,
    hint: ok ? "" : "install Node.js 20.19 or later",
  };
}

async function sqlite(app: App): Promise<Finding> {
  const version = await app.sqliteVersion();
  const ok = atLeast(version, SQLITE_WANTED);
  return { check: "SQLite", ok, found: version, hint: ok ? "" : "npm ci" };
}

function folder(app: App): Finding {
  const place = nearestFolder(app.databasePath);
  const ok = writable(place);
  return {
    check: "data folder",
    ok,
    found: `${place}${ok ? "" : " cannot be written"}`,
    hint: ok ? "" : `ls -ld ${place}`,
  };
}

function space(app: App): Finding {
  const { bavail, bsize } = statfsSync(nearestFolder(app.databasePath));
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  const ok = free >= FREE_WANTED_MIB;
  return { check: "free disk", ok, found: `${free} MiB`, hint: ok ? "" : "df -h ." };
}

async function database(app: App): Promise<Finding[]> {
  const path = app.databasePath;
  if (!existsSync(path)) return [{ check: "database", ok: true, found: "none yet", hint: "statistico demo" }];
  const loose = (statSync(path).mode & 0o077) !== 0;
  const mode: Finding = {
    check: "private",
    ok: !loose,
    found: `mode ${(statSync(path).mode & 0o777).toString(8)}`,
    hint: loose ? `chmod 600 ${path}` : "",
  };
  try {
    const problems = await (await app.warehouse("read")).check();
    const found = problems.length === 0 ? `${path} is sound` : problems[0];
    return [
      {
        check: "database",
        ok: problems.length === 0,
        found,
        hint: problems.length === 0 ? "" : "statistico db check",
      },
      mode,
    ];
  } catch (error) {
    const { message, hint = "" } = error as Error & { hint?: string };
    return [{ check: "database", ok: false, found: message, hint }, mode];
  }
}

function configuration(app: App): Finding {
  const { path, exists } = app.config;
  return {
    check: "configuration",
    ok: true,
    found: exists ? path : "none",
    hint: exists ? "" : "statistico init",
  };
}

function nearestFolder(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) || parent === path ? parent : nearestFolder(parent);
}

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function atLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of wanted.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
