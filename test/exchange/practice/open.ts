import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { CALM } from "../../../src/exchange/practice/faults.js";
import { madeUpFixtures } from "../../../src/exchange/practice/made-up-fixtures.js";
import { type OpenedPractice, openPracticeVenue } from "../../../src/exchange/practice/open-venue.js";
import { type Running, type ServeOptions, serve } from "../../../src/exchange/practice/serve.js";

/** 2026-03-07T12:00:00Z */
export const NOON = Date.UTC(2026, 2, 7, 12);

export interface Opened extends OpenedPractice {
  readonly running: Running;
  readonly folder: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A practice exchange in this process on free ports, and a venue that speaks to it over TLS. */
export async function openPractice(told: Partial<ServeOptions> = {}): Promise<Opened> {
  const folder = told.folder ?? mkdtempSync(join(tmpdir(), "statistico-practice-"));
  const running = await serve({
    folder,
    exchange: { seed: 7, startsAt: NOON, fixtures: madeUpFixtures(4, NOON), balanceMinor: 1_000_000 },
    pacing: { wall: Date.now(), from: NOON, speed: 1 },
    rates: CALM,
    allErrors: false,
    port: 0,
    wall: Date.now(),
    ...told,
  });
  const opened = openPracticeVenue(folder);
  closing.push(async () => {
    await opened.venue.close();
    await running.close();
    if (told.folder === undefined) rmSync(folder, { recursive: true, force: true });
  });
  return { ...opened, running, folder };
}
