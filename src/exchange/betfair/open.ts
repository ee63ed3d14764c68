import type { Clock } from "../../core/clock.js";
import { createRng } from "../../core/rng.js";
import type { Venue } from "../venue.js";
import { readCredentials } from "./credentials.js";
import { type BetfairProfile, originsOf } from "./profile.js";
import { sessionFile } from "./session-file.js";
import { undiciTransport } from "./undici-transport.js";
import { betfairVenue } from "./venue.js";

export interface OpenOptions {
  readonly profile: BetfairProfile;
  /** File of mode 0600. */
  readonly credentialsPath: string;
  /** Where the session is kept for the next run. */
  readonly sessionPath: string;
  readonly clock: Clock;
  /** Resolves after so many milliseconds of `clock`. */
  readonly sleep: (ms: number) => Promise<void>;
  /** How often faster than the wall `clock` runs: time-outs shrink with it. */
  readonly speed?: number;
}

const READ_MS = 16_000;
/** No machine answers faster than this when it is busy, however fast practice time runs. */
const LEAST_READ_MS = 1000;

/** A venue over the network. Throws StatisticoError `authentication` for credentials that cannot be used. */
export function openBetfairVenue(options: OpenOptions): Venue {
  const { profile, clock, sleep, speed = 1 } = options;
  const credentials = readCredentials(options.credentialsPath);
  const transport = undiciTransport({
    origins: originsOf(profile),
    authority: profile.authority,
    certificate: credentials.certificate,
    certOrigin: new URL(profile.identityCert).origin,
    readTimeoutMs: Math.max(LEAST_READ_MS, READ_MS / speed),
  });
  return betfairVenue({
    profile,
    credentials,
    store: sessionFile(options.sessionPath),
    transport,
    clock,
    sleep,
    rng: createRng(process.pid, clock.now()),
  });
}
