import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Instant } from "../../core/clock.js";
import { bits, implicit, integer, octets, oid, sequence, set, tagged, text, time, truth } from "./der.js";

/** A certificate and its private key, PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

const DAY = 86_400_000;
const LIFE_MS = 800 * DAY;
const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const COMMON_NAME = "2.5.4.3";
const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const ALTERNATIVE_NAME = "2.5.29.17";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

const AUTHORITY = "statistico practice authority";

/** An authority of one machine's own, trusted by nobody but the practice profile. Source: RFC 5280, section 4. */
export function createAuthority(now: Instant): Certified {
  const constraints = extension(BASIC_CONSTRAINTS, true, sequence(truth()));
  const usage = extension(KEY_USAGE, true, Buffer.from([0x03, 0x02, 0x01, 0x06])); // keyCertSign, cRLSign
  return issue(AUTHORITY, null, [constraints, usage], now);
}

/** For a server on this machine. */
export function createServer(authority: Certified, now: Instant): Certified {
  const names = sequence(implicit(2, Buffer.from("localhost")), implicit(7, Buffer.from([127, 0, 0, 1])));
  return issue(
    "localhost",
    authority,
    [purpose(SERVER_AUTH), extension(ALTERNATIVE_NAME, false, names)],
    now,
  );
}

/** For a bot's login. */
export function createClient(authority: Certified, now: Instant): Certified {
  return issue("statistico practice client", authority, [purpose(CLIENT_AUTH)], now);
}

function purpose(what: string): Buffer {
  return extension(EXTENDED_KEY_USAGE, false, sequence(oid(what)));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [truth()] : []), octets(value));
}

function issue(
  name: string,
  authority: Certified | null,
  extensions: readonly Buffer[],
  now: Instant,
): Certified {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const signer = authority === null ? privateKey : createPrivateKey(authority.key);
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial()),
    ECDSA_SHA256,
    nameOf(AUTHORITY),
    sequence(time(now - DAY), time(now + LIFE_MS)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, sequence(...extensions)),
  );
  return { cert: signed(body, signer), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** Unguessable and positive, as RFC 5280 asks. */
function serial(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] & 0x7f) | 0x40;
  return bytes;
}

function nameOf(common: string): Buffer {
  return sequence(set(sequence(oid(COMMON_NAME), text(common))));
}

function signed(body: Buffer, key: KeyObject): string {
  const whole = sequence(body, ECDSA_SHA256, bits(sign("sha256", body, key)));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
