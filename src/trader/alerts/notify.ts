import { spawn } from "node:child_process";
import type { Notice } from "./memory.js";
import type { AlertPlan } from "./rule.js";

const PATIENCE_MS = 10_000;

/** Tell a notice to the plan's command and webhook. Returns what went wrong, in words; an alert that nobody heard is no alert. */
export async function tellNotice(notice: Notice, { command, webhook }: AlertPlan): Promise<string[]> {
  const body = JSON.stringify({ schema: "statistico/alert@1", ...notice });
  const faults = await Promise.all([
    command === null ? null : runCommand(command, body),
    webhook === null ? null : post(webhook, body),
  ]);
  return faults.flatMap((fault) => fault ?? []);
}

/** No shell: words are words. */
function runCommand([program = "", ...words]: readonly string[], body: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ["pipe", "ignore", "ignore"], timeout: PATIENCE_MS });
    child.on("error", (error) => resolve(`${program}: ${error.message}`));
    child.on("exit", (code, signal) =>
      resolve(code === 0 ? null : `${program} ended with ${code ?? signal}`),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(`${body}\n`);
  });
}

/** The address is not repeated in what went wrong: it may hold a token. */
async function post(address: string, body: string): Promise<string | null> {
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await reply.body?.cancel();
    return reply.ok ? null : `the webhook answered ${reply.status}`;
  } catch (error) {
    return `the webhook did not answer: ${error instanceof Error ? error.name : "unknown"}`;
  }
}
