import { defineConfig } from "vitest/config";
import { LONG, shared } from "./vitest.config.js";

/** The long forms: whole strategies, sweeps and market files through the real binary. CI runs them after the suite. */
export default defineConfig({ test: { ...shared, include: [LONG] } });
