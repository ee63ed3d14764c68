import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "../../core/clock.js";
import { StatisticoError } from "../../core/errors.js";
import { reading } from "../../files/read-capped.js";
import { writeWhole } from "../../files/write-whole.js";
import type { BetfairProfile } from "../betfair/profile.js";
import { type Certified, createAuthority, createClient, createServer } from "./certificate.js";
import type { Pacing } from "./practice-clock.js";

/** Files of a practice exchange; all but the authority's certificate are its owner's alone. */
export interface StateFolder {
  readonly journal: string;
  readonly profile: string;
  readonly credentials: string;
  readonly authority: string;
}

/** What a client needs to know of a running practice exchange; it is no secret. */
export interface PracticeProfile {
  readonly httpPort: number;
  readonly streamPort: number;
  readonly pacing: Pacing;
}

interface Secrets {
  readonly authority: Certified;
  readonly server: Certified;
  readonly username: string;
  readonly password: string;
  readonly appKey: string;
}

export function stateFolder(folder: string): StateFolder {
  return {
    journal: join(folder, "journal.jsonl"),
    profile: join(folder, "profile.json"),
    credentials: join(folder, "credentials.json"),
    authority: join(folder, "authority.pem"),
  };
}

/** Keys, certificates and a made-up account: made once, and kept so that clients go on trusting a restarted exchange. */
export function openSecrets(folder: string, now: Instant): Secrets {
  const path = join(folder, "server.json");
  if (existsSync(path)) return JSON.parse(reading(path, (name) => readFileSync(name, "utf8"))) as Secrets;
  const authority = createAuthority(now);
  const account = {
    username: "practice",
    password: randomBytes(12).toString("base64url"),
    appKey: randomBytes(8).toString("hex"),
  };
  const client = createClient(authority, now);
  const secrets = { authority, server: createServer(authority, now), ...account };
  const files = stateFolder(folder);
  writeWhole(join(folder, "client.pem"), client.cert, 0o600);
  writeWhole(join(folder, "client.key"), client.key, 0o600);
  writeWhole(
    files.credentials,
    `${JSON.stringify({ ...account, certFile: "client.pem", keyFile: "client.key" }, null, 1)}\n`,
    0o600,
  );
  writeWhole(files.authority, authority.cert, 0o600);
  // Last: what comes before it is made again when this is missing.
  writeWhole(path, `${JSON.stringify(secrets)}\n`, 0o600);
  return secrets;
}

export function writeProfile(folder: string, profile: PracticeProfile): void {
  writeWhole(stateFolder(folder).profile, `${JSON.stringify(profile)}\n`, 0o600);
}

/** Throws StatisticoError when no practice exchange has run in this folder. */
export function readProfile(folder: string): PracticeProfile {
  const { profile } = stateFolder(folder);
  if (!existsSync(profile))
    throw new StatisticoError(
      "failed",
      `no practice exchange has run here: there is no ${profile}`,
      "statistico practice",
    );
  return JSON.parse(reading(profile, (name) => readFileSync(name, "utf8"))) as PracticeProfile;
}

/** The profile "practice": Betfair's protocol, this machine's hosts, the folder's own authority. */
export function practiceHosts(folder: string): BetfairProfile {
  const { httpPort, streamPort } = readProfile(folder);
  const base = `https://localhost:${httpPort}`;
  return {
    name: "practice",
    live: false,
    identityCert: base,
    identity: base,
    api: base,
    stream: { host: "localhost", port: streamPort },
    authority: reading(stateFolder(folder).authority, (name) => readFileSync(name, "utf8")),
  };
}
