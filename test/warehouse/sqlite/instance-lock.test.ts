import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeInstanceLock } from "../../../src/warehouse/sqlite/instance-lock.js";
import { scratchFolder } from "../../support/scratch.js";

const scratch = scratchFolder();
const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const clock = { now: () => 1_577_836_800_000 };
const children: ChildProcess[] = [];

interface Contender {
  readonly child: ChildProcess;
  readonly said: string;
}

/** A process that takes the lock, once it has said whether it has it. */
function contender(name: string): Promise<Contender> {
  const child = spawn(process.execPath, [scratch("child.cjs"), scratch(name)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_PATH: modules },
  });
  children.push(child);
  return new Promise((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve({ child, said: chunk.toString("utf8").trim() }));
  });
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once("exit", resolve));
}

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("lock-child.ts", import.meta.url))],
    outfile: scratch("child.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["better-sqlite3"],
    logLevel: "error",
  });
});

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

describe("the lock of one instance", () => {
  it("refuses a second holder by name and is free again when released", () => {
    const request = { work: "odds watch", pid: 4711, clock };
    const first = takeInstanceLock(scratch("one.lock"), request);
    expect(() => takeInstanceLock(scratch("one.lock"), { ...request, pid: 4712 })).toThrow(
      expect.objectContaining({
        name: "StatisticoError",
        kind: "locked",
        message: expect.stringMatching(/one\.lock: odds watch, pid 4711, since 2020-01-01T00:00:00Z$/),
      }),
    );
    first.release();
    takeInstanceLock(scratch("one.lock"), request).release();
  });

  it("is a file that only its owner reads", () => {
    takeInstanceLock(scratch("mode.lock"), { work: "odds watch", pid: 1, clock }).release();
    expect(statSync(scratch("mode.lock")).mode & 0o777).toBe(0o600);
  });

  it("refuses a file that is no lock", () => {
    const path = fileURLToPath(import.meta.url);
    expect(() => takeInstanceLock(path, { work: "odds watch", pid: 1, clock })).toThrow(/not a database/);
  });

  it("has one holder of five processes at once, and the kernel takes it back from a killed one", async () => {
    const contenders = await Promise.all(Array.from({ length: 5 }, () => contender("many.lock")));
    const holders = contenders.filter(({ said }) => said.startsWith("held"));
    expect(holders).toHaveLength(1);
    const refused = contenders.filter(({ said }) => said.startsWith("another instance holds the lock"));
    expect(refused).toHaveLength(4);
    const [holder] = holders;
    if (!holder) return;
    const late = await contender("many.lock");
    expect(late.said).toContain(`odds watch, pid ${holder.child.pid}, since 20`);
    const gone = ended(holder.child);
    holder.child.kill("SIGKILL");
    await gone;
    expect((await contender("many.lock")).said).toMatch(/^held/);
  });
});
