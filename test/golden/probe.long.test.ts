import { describe, expect, it } from "vitest";
import { workplace } from "./binary.js";

const { run } = workplace();

describe("check --self-test", () => {
  it("catches five of five and accuses none", async () => {
    const { stdout, code } = await run(["check", "--self-test", "--decisions", "5"]);
    expect(stdout).toBe("caught=5/5 false=0/5\n");
    expect(code).toBe(0);
  }, 240_000);
});
