import { defineConfig } from "vitest/config";

export const LONG = "test/**/*.long.test.ts";

/** What both suites share. Tests keep no state in modules, so that files can share a worker and its loaded code. */
export const shared = {
  globalSetup: ["test/support/build.ts"],
  pool: "forks" as const,
  maxWorkers: 2,
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({ test: { ...shared, include: ["test/**/*.test.ts"], exclude: [LONG] } });
