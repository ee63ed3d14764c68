import { defineConfig } from "vitest/config";
import { LONG, shared } from "./vitest.config.js";

/** No test measures time: on a busy machine a long one may take minutes. */
const PATIENCE_MS = 240_000;

/** The long forms: whole strategies, sweeps and market files through the real binary. CI runs them after the suite. */
export default defineConfig({
  test: { ...shared, include: [LONG], testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS },
});
