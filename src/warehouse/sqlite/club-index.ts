import { normalName } from "../../domain/club-name.js";
import { foldName } from "../contract/club-name.js";
import type { Connection } from "./connection.js";
import { remembered } from "./price-row.js";

/** A club of one country, with its name as resemblance is judged. */
export interface Club {
  readonly id: number;
  readonly name: string;
  readonly folded: string;
}

/** The clubs of one country, in the order they were first met. For use inside one write. */
export interface ClubIndex {
  readonly countryId: number;
  readonly clubs: readonly Club[];
  /** By exact name, else by case-folded name when only one club bears it; null otherwise. */
  find(name: string): Club | null;
  /** By the name without words like FC, when only one club bears it; null otherwise. */
  findNormal(name: string): Club | null;
  add(name: string): Club;
}

export function clubIndex(connection: Connection, countryId: number): ClubIndex {
  const clubs = readClubs(connection, countryId);
  const exact = new Map(clubs.map((club) => [club.name, club]));
  const normalOf = remembered(({ name }: Club) => normalName(name));
  return {
    countryId,
    clubs,
    find: (name) => exact.get(name) ?? only(clubs, foldName(name), ({ folded }) => folded),
    findNormal: (name) => only(clubs, normalName(name), normalOf),
    add(name) {
      const id = connection.insert("INSERT INTO team (country_id, name) VALUES (?, ?)", countryId, name);
      const club = clubOf(id, name);
      clubs.push(club);
      exact.set(name, club);
      return club;
    },
  };
}

function readClubs(connection: Connection, countryId: number): Club[] {
  return connection
    .tuples<[number, string]>("SELECT id, name FROM team WHERE country_id = ? ORDER BY id")
    .all(countryId)
    .map(([id, name]) => clubOf(id, name));
}

function clubOf(id: number, name: string): Club {
  return { id, name, folded: foldName(name) };
}

function only(clubs: readonly Club[], text: string, formOf: (club: Club) => string): Club | null {
  const found = clubs.filter((club) => formOf(club) === text);
  return found.length === 1 ? (found[0] ?? null) : null;
}
