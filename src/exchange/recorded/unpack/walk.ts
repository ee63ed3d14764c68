import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StatisticoError } from "../../../core/errors.js";

/** A file found, or what lies where a file was looked for and is none. */
export type Found =
  | { readonly kind: "file"; readonly path: string; readonly bytes: number }
  | { readonly kind: "refused"; readonly path: string; readonly why: string };

/**
 * The files of folders, and files named themselves, in the order of their names at every level.
 *
 * Links inside folders are refused: they may lead out of them or round in a circle. Throws StatisticoError for a path
 * that does not exist.
 */
export function* walkFiles(paths: readonly string[]): Generator<Found> {
  for (const path of paths) yield* walk(path, true);
}

function* walk(path: string, named: boolean): Generator<Found> {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) throw new StatisticoError("usage", `no such file, was ${path}`, `ls ${path}`);
  if (entry.isDirectory()) {
    for (const name of readdirSync(path).sort(byCodeUnits)) yield* walk(join(path, name), false);
    return;
  }
  if (entry.isFile()) yield { kind: "file", path, bytes: entry.size };
  else yield { kind: "refused", path, why: entry.isSymbolicLink() ? refusedLink(named) : "not a file" };
}

function refusedLink(named: boolean): string {
  return named ? "link: name the file it leads to" : "link";
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
