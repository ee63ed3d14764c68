import type { Minor } from "../../domain/money.js";
import { applyUpdate } from "../recorded/apply.js";
import { createBook } from "../recorded/book.js";
import type { MarketRecording } from "../recorded/recording.js";
import { executeDue } from "./execute.js";
import { closeMarket } from "./lapse.js";
import { matchUpdate } from "./match.js";
import { DEFAULT_OPTIONS, type SimulationOptions } from "./options.js";
import type { Simulation } from "./state.js";

/** A market before its first update. */
export function openSimulation(
  recording: MarketRecording,
  options: Partial<SimulationOptions> = {},
): Simulation {
  const traded = new Map<number, Minor>();
  const wanted = new Uint8Array(recording.runners.length);
  const before = (runner: number, tick: number, sizeMinor: Minor) => {
    const key = runner * 0x20000 + tick;
    if (!traded.has(key)) traded.set(key, sizeMinor);
  };
  return {
    recording,
    options: { ...DEFAULT_OPTIONS, ...options },
    book: createBook(recording.marketId),
    orders: [],
    live: [],
    actions: [],
    taken: new Map(),
    traded,
    watch: { wanted, before },
    removed: new Set(),
    at: 0,
    seen: null,
  };
}

/**
 * Go on by one update; false when there is none left, and then every order is done.
 *
 * In this order: what is due is executed on the book as it stood before (the first book after the due time); the update
 * is applied; removals, starting prices, lapses and fills follow. What is sent after this returns is decided on the new
 * book and executed on a later one.
 */
export function step(simulation: Simulation): boolean {
  const { recording, book, traded, watch } = simulation;
  if (simulation.at >= recording.events.length) {
    closeMarket(simulation, "RECORDING_ENDED");
    return false;
  }
  const publishTime = recording.events.doubles[simulation.at + 1];
  if (simulation.actions.length > 0) executeDue(simulation, publishTime);
  traded.clear();
  simulation.at = applyUpdate(book, recording, simulation.at, simulation.live.length > 0 ? watch : null);
  matchUpdate(simulation);
  return true;
}
