import { likelyClub } from "../../domain/club-likeness.js";
import { foldName, mostResembling } from "../contract/club-name.js";
import { aliasHolds } from "../contract/precedence.js";
import type { IngestedFile, Warning } from "../port.js";
import { applyAlias } from "./alias.js";
import { type Appearance, appearancesByCountry } from "./appearances.js";
import { type Club, type ClubIndex, clubIndex } from "./club-index.js";
import type { Connection } from "./connection.js";
import { type Competition, countryId } from "./describe.js";

/** Club ids by country id and name, for every name of a file that is known or may be a new club. */
export type ResolvedClubs = ReadonlyMap<number, ReadonlyMap<string, number>>;

/**
 * Resolve every name of a file: alias of the source, then exact name, then folded name; else it is a new club where
 * this source may name clubs, and elsewhere the club that alone bears the name without words like FC, or none: then the
 * name waits for a person.
 *
 * A new club that looks like a known one which does not play in the same division is put before a person, too, and a
 * warning joins `warnings`.
 */
export function resolveClubs(
  connection: Connection,
  file: IngestedFile,
  competitions: ReadonlyMap<string, Competition>,
  warnings: Warning[],
): ResolvedClubs {
  const resolved = new Map<number, ReadonlyMap<string, number>>();
  const byCountry = appearancesByCountry(file.records, competitions, file.ratings ?? [], (name) =>
    countryId(connection, name),
  );
  for (const [id, appearances] of byCountry) {
    const names = new Set(appearances.map(({ name }) => name));
    learnAliases(connection, file, id, names, warnings);
    const index = clubIndex(connection, id);
    const mayName = namesClubs(connection, file, id);
    resolved.set(id, resolveCountry({ connection, file, index, warnings, mayName }, appearances));
  }
  return resolved;
}

interface Scene {
  readonly connection: Connection;
  readonly file: IngestedFile;
  readonly index: ClubIndex;
  readonly warnings: Warning[];
  /** A name that no club bears becomes one. */
  readonly mayName: boolean;
}

/** Known names first: whoever looks like a new name but plays beside it in this file is another club. */
function resolveCountry(scene: Scene, appearances: readonly Appearance[]): ReadonlyMap<string, number> {
  const aliases = storedAliases(scene);
  const playing = new Map<number, Set<string>>();
  const ids = new Map<string, number>();
  const waiting = namesThatWait(scene);
  const settle = ({ name, divisions }: Appearance, club: Club): void => {
    ids.set(name, club.id);
    if (waiting.has(name)) waitNoMore(scene, name);
    playing.set(club.id, new Set([...(playing.get(club.id) ?? []), ...divisions]));
  };
  const find = ({ name }: Appearance): Club | null =>
    aliases.get(name) ?? scene.index.find(name) ?? (scene.mayName ? null : scene.index.findNormal(name));
  for (const appearance of appearances) {
    const club = find(appearance);
    if (club) settle(appearance, club);
  }
  for (const appearance of appearances) {
    if (ids.has(appearance.name)) continue;
    const club = find(appearance) ?? (scene.mayName ? newClub(scene, appearance, playing) : null);
    if (club) settle(appearance, club);
    else putAside(scene, appearance);
  }
  if (!scene.mayName) for (const name of contradicted(appearances, ids, aliases)) withdraw(scene, ids, name);
  return ids;
}

/** Apply the aliases that come with the file to the names that are in it, a user's first: they have the last word. */
function learnAliases(
  connection: Connection,
  file: IngestedFile,
  countryId: number,
  names: ReadonlySet<string>,
  warnings: Warning[],
): void {
  const country = connection.tuples<[string]>("SELECT name FROM country WHERE id = ?").get(countryId)?.[0];
  const met = file.aliases.filter(
    (alias) =>
      aliasHolds(alias.source, file.raw.source) && alias.country === country && names.has(alias.alias),
  );
  const users = met.filter(({ origin }) => origin === "user");
  const builtIn = met.filter(({ origin }) => origin === "built-in");
  for (const alias of [...users, ...builtIn]) {
    const held = { ...alias, source: file.raw.source };
    const outcome = applyAlias(connection, countryId, held, file.raw.receivedAt);
    if (outcome.kind === "conflict")
      warnings.push({ rule: "alias-conflict", line: 0, column: "", text: outcome.text });
  }
}

function storedAliases({ connection, file, index }: Scene): ReadonlyMap<string, Club> {
  const clubs = new Map(index.clubs.map((club) => [club.id, club]));
  const aliases = new Map<string, Club>();
  const rows = connection
    .tuples<[string, number]>("SELECT alias, team_id FROM team_alias WHERE source = ? AND country_id = ?")
    .all(file.raw.source, index.countryId);
  for (const [alias, teamId] of rows) {
    const club = clubs.get(teamId);
    if (club) aliases.set(alias, club);
  }
  return aliases;
}

function newClub(scene: Scene, appearance: Appearance, playing: ReadonlyMap<number, Set<string>>): Club {
  const elsewhere = scene.index.clubs.filter(({ id }) => {
    const divisions = playing.get(id);
    return !divisions || ![...appearance.divisions].some((division) => divisions.has(division));
  });
  const match = mostResembling(foldName(appearance.name), elsewhere);
  const club = scene.index.add(appearance.name);
  if (match) suspect(scene, appearance, match.candidate, match.score);
  return club;
}

function suspect(
  { connection, file, index, warnings }: Scene,
  seen: Appearance,
  like: Club,
  score: number,
): void {
  connection
    .statement(
      `INSERT INTO suspected_name (source, country_id, name, team_id, score, first_seen)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(file.raw.source, index.countryId, seen.name, like.id, score, `${file.raw.path}:${seen.line}`);
  const text = `${seen.name} is taken as a new club, though it looks like ${like.name}`;
  warnings.push({ rule: "name-resembles", line: seen.line, column: "", text });
}

/** The first source that brings clubs of a country names them; so does any file that says it may. */
function namesClubs(connection: Connection, file: IngestedFile, country: number): boolean {
  const named = connection
    .tuples<[string]>("SELECT source FROM club_naming WHERE country_id = ?")
    .get(country)?.[0];
  const first = named === undefined && file.records.length > 0;
  if (first) connection.statement("INSERT INTO club_naming VALUES (?, ?)").run(country, file.raw.source);
  return first || named === file.raw.source || file.newClubs === true;
}

/**
 * Put a name that no club bears before a person, with the known club most like it. Where the country has no club yet
 * there is nothing to say of it: its rows wait all the same.
 */
function putAside({ connection, file, index }: Scene, { name, line }: Appearance): void {
  if (index.clubs.length === 0) return;
  const like = likelyClub(
    name,
    index.clubs.map((club) => club.name),
  );
  const club = like && index.find(like.name);
  connection
    .statement(
      `INSERT INTO unknown_name VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET team_id = excluded.team_id, score = excluded.score`,
    )
    .run(
      file.raw.source,
      index.countryId,
      name,
      club?.id ?? null,
      like?.likeness ?? null,
      `${file.raw.path}:${line}`,
    );
}

function namesThatWait({ connection, file, index }: Scene): ReadonlySet<string> {
  const rows = connection
    .tuples<[string]>("SELECT name FROM unknown_name WHERE source = ? AND country_id = ?")
    .all(file.raw.source, index.countryId);
  return new Set(rows.map(([name]) => name));
}

function waitNoMore({ connection, file, index }: Scene, name: string): void {
  connection
    .statement("DELETE FROM unknown_name WHERE source = ? AND country_id = ? AND name = ?")
    .run(file.raw.source, index.countryId, name);
}

/**
 * Names that an alias takes for a club which plays in the same division under another name of the same file: one of
 * the two is another club.
 */
function contradicted(
  appearances: readonly Appearance[],
  ids: ReadonlyMap<string, number>,
  aliases: ReadonlyMap<string, Club>,
): readonly string[] {
  const bearers = new Map<string, string[]>();
  for (const { name, divisions } of appearances)
    for (const division of ids.has(name) ? divisions : []) {
      const key = `${ids.get(name)} ${division}`;
      bearers.set(key, [...(bearers.get(key) ?? []), name]);
    }
  const shared = [...bearers.values()].filter((names) => names.length > 1).flat();
  return [...new Set(shared)].filter((name) => aliases.has(name));
}

function withdraw({ warnings }: Scene, ids: Map<string, number>, name: string): void {
  ids.delete(name);
  const text = `${name} is said to be a club that plays beside it in this file under another name: its rows wait`;
  warnings.push({ rule: "alias-contradicted", line: 0, column: "", text });
}
