import { join } from "node:path";
import { openBetfairVenue } from "../betfair/open.js";
import type { Venue } from "../venue.js";
import { type PracticeClock, practiceClock } from "./practice-clock.js";
import { practiceHosts, readProfile, stateFolder } from "./state-folder.js";

/** The venue of a running practice exchange, and the time it keeps. */
export interface OpenedPractice {
  readonly venue: Venue;
  readonly clock: PracticeClock;
}

/** Throws StatisticoError when no practice exchange has run in `folder`. */
export function openPracticeVenue(folder: string): OpenedPractice {
  const { pacing } = readProfile(folder);
  const clock = practiceClock(pacing);
  const venue = openBetfairVenue({
    profile: practiceHosts(folder),
    credentialsPath: stateFolder(folder).credentials,
    sessionPath: join(folder, "session.json"),
    clock,
    sleep: (ms) => clock.sleep(ms),
    speed: pacing.speed,
  });
  return { venue, clock };
}
