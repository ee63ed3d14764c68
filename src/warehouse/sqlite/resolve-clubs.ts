import { foldName, mostResembling } from "../contract/club-name.js";
import type { IngestedFile, Warning } from "../port.js";
import { applyAlias } from "./alias.js";
import { type Appearance, appearancesByCountry } from "./appearances.js";
import { type Club, type ClubIndex, clubIndex } from "./club-index.js";
import type { Connection } from "./connection.js";
import type { Competition } from "./describe.js";

/** Club ids by country id and name, for every name of a file. */
export type ResolvedClubs = ReadonlyMap<number, ReadonlyMap<string, number>>;

/**
 * Resolve every name of a file: alias of the source, then exact name, then folded name, else a new club.
 *
 * A new club that looks like a known one which does not play in the same division is put before a person, and a
 * warning joins `warnings`.
 */
export function resolveClubs(
  connection: Connection,
  file: IngestedFile,
  competitions: ReadonlyMap<string, Competition>,
  warnings: Warning[],
): ResolvedClubs {
  const resolved = new Map<number, ReadonlyMap<string, number>>();
  for (const [countryId, appearances] of appearancesByCountry(file.records, competitions)) {
    const names = new Set(appearances.map(({ name }) => name));
    learnAliases(connection, file, countryId, names, warnings);
    const index = clubIndex(connection, countryId);
    resolved.set(countryId, resolveCountry({ connection, file, index, warnings }, appearances));
  }
  return resolved;
}

interface Scene {
  readonly connection: Connection;
  readonly file: IngestedFile;
  readonly index: ClubIndex;
  readonly warnings: Warning[];
}

/** Known names first: whoever looks like a new name but plays beside it in this file is another club. */
function resolveCountry(scene: Scene, appearances: readonly Appearance[]): ReadonlyMap<string, number> {
  const aliases = storedAliases(scene);
  const playing = new Map<number, Set<string>>();
  const ids = new Map<string, number>();
  const settle = ({ name, divisions }: Appearance, club: Club): void => {
    ids.set(name, club.id);
    playing.set(club.id, new Set([...(playing.get(club.id) ?? []), ...divisions]));
  };
  const find = ({ name }: Appearance): Club | null => aliases.get(name) ?? scene.index.find(name);
  for (const appearance of appearances) {
    const club = find(appearance);
    if (club) settle(appearance, club);
  }
  for (const appearance of appearances)
    if (!ids.has(appearance.name))
      settle(appearance, find(appearance) ?? newClub(scene, appearance, playing));
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
    (alias) => alias.source === file.raw.source && alias.country === country && names.has(alias.alias),
  );
  const users = met.filter(({ origin }) => origin === "user");
  const builtIn = met.filter(({ origin }) => origin === "built-in");
  for (const alias of [...users, ...builtIn]) {
    const outcome = applyAlias(connection, countryId, alias, file.raw.receivedAt);
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
