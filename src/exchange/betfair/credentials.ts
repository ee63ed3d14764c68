import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StatisticoError } from "../../core/errors.js";
import { readCapped } from "../../files/read-capped.js";
import { type Json, objectOf, optionalText, ShapeError, textOf } from "./json.js";

/** What opens an account. Never printed, logged or put into an error. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly appKey: string;
  /** PEM of the client certificate; null for the interactive login. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  /** When the file was last written: a login refused for good is tried again after that alone. */
  readonly changedAt: number;
}

/** Readable by anyone but the owner. */
const OTHERS = 0o077;

/**
 * Read `{username, password, appKey, certFile?, keyFile?}`; the two paths are relative to the file.
 *
 * Throws StatisticoError `authentication` when the file or the key is missing, readable by others or of another shape.
 */
export function readCredentials(path: string): Credentials {
  const text = readSecret(path);
  try {
    const json = objectOf(JSON.parse(text), "credentials");
    return {
      username: filled(json, "username"),
      password: filled(json, "password"),
      appKey: filled(json, "appKey"),
      certificate: certificateOf(json, dirname(path)),
      changedAt: statSync(path).mtimeMs,
    };
  } catch (error) {
    if (error instanceof StatisticoError) throw error;
    // The parser's own words would quote the file.
    const what =
      error instanceof ShapeError
        ? `a field is missing or is no text: ${error.message.split(" ")[0]}`
        : "not JSON";
    throw new StatisticoError("authentication", `the credentials in ${path} cannot be used: ${what}`, SHAPE);
  }
}

const SHAPE =
  'the file holds {"username": ..., "password": ..., "appKey": ..., "certFile": ..., "keyFile": ...}';

function filled(json: Json, field: string): string {
  const text = textOf(json, field);
  if (text === "") throw new ShapeError(`${field} is empty`);
  return text;
}

function certificateOf(json: Json, folder: string): Credentials["certificate"] {
  const cert = optionalText(json, "certFile");
  const key = optionalText(json, "keyFile");
  if (cert === "" && key === "") return null;
  if (cert === "" || key === "") throw new ShapeError(`${cert === "" ? "certFile" : "keyFile"} is missing`);
  return { cert: readText(resolve(folder, cert)), key: readSecret(resolve(folder, key)) };
}

function readSecret(path: string): string {
  const text = readText(path);
  const mode = statSync(path).mode & OTHERS;
  // Windows has no such bits.
  if (mode !== 0 && process.platform !== "win32")
    throw new StatisticoError("authentication", `${path} can be read by others`, `chmod 600 ${path}`);
  return text;
}

function readText(path: string): string {
  if (!existsSync(path)) throw new StatisticoError("authentication", `there is no ${path}`, SHAPE);
  return Buffer.from(readCapped(path)).toString("utf8");
}
