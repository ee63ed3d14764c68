import type { Ledger } from "../warehouse/ledger/port.js";

const KINDS = ["halted", "resumed"];

/** Why trading is stopped by the ledger's last word on it; null when it is not. It holds until someone resumes. */
export function haltReason(ledger: Ledger): string | null {
  const last = ledger.latest(KINDS);
  if (last?.kind !== "halted") return null;
  const body: unknown = JSON.parse(last.body);
  const reason = typeof body === "object" && body !== null && "reason" in body ? body.reason : "";
  return `trading was stopped: ${String(reason)}`;
}

export function halt(ledger: Ledger, at: number, reason: string): void {
  ledger.append([{ at, kind: "halted", key: null, body: JSON.stringify({ reason }) }]);
}

export function resume(ledger: Ledger, at: number): void {
  ledger.append([{ at, kind: "resumed", key: null, body: "{}" }]);
}
