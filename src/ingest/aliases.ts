import { existsSync, readFileSync } from "node:fs";
import { StatisticoError } from "../core/errors.js";
import { collapseSpace } from "../core/text.js";
import { reading } from "../files/read-capped.js";
import { writeWhole } from "../files/write-whole.js";
import type { TeamAlias } from "../warehouse/port.js";
import { COMMON_SPELLINGS } from "./matching/spellings.js";

/**
 * Spellings that football-data.co.uk changed over the years, old to the one it uses last. Each pair was checked: the
 * two names never stand in the same season. Successor clubs with a name of their own are not the same club.
 */
const RENAMED: readonly (readonly [country: string, alias: string, team: string])[] = [
  ["England", "Middlesboro", "Middlesbrough"],
  ["England", "Boston", "Boston Utd"],
  ["England", "AFC Telford United", "Telford United"],
  ["Germany", "M'Gladbach", "M'gladbach"],
  ["Germany", "FSV Frankfurt", "Frankfurt FSV"],
  ["Germany", "Dusseldorf", "Fortuna Dusseldorf"],
  ["Germany", "RW Essen", "Essen"],
  ["Greece", "Yiannina", "Giannina"],
  ["Greece", "Levadiakos", "Levadeiakos"],
  ["Greece", "Veroia", "Veria"],
  ["Greece", "OFI", "OFI Crete"],
  ["Greece", "Heracles", "Iraklis"],
  ["Greece", "Doxa", "Doxa Dramas"],
  ["Greece", "Eth Asteras", "Ethnikos Asteras"],
  ["Greece", "Ethnikos", "Ethnikos Piraeus"],
  ["Netherlands", "Roda JC", "Roda"],
  ["Netherlands", "Sparta", "Sparta Rotterdam"],
  ["France", "Red Star 93", "Red Star"],
  ["Spain", "Villareal", "Villarreal"],
  ["Mexico", "U.A.N.L.- Tigres", "Tigres UANL"],
  ["Mexico", "U.N.A.M.- Pumas", "UNAM Pumas"],
];

export const BUILT_IN_ALIASES: readonly TeamAlias[] = [
  ...RENAMED.map(
    ([country, alias, team]): TeamAlias => ({
      source: "football-data",
      country,
      alias,
      team,
      origin: "built-in",
    }),
  ),
  ...COMMON_SPELLINGS,
];

const HEADER = "source,country,alias,team";

/**
 * Aliases of the user's file, one a line: source, country, alias, team. A missing file is an empty one.
 *
 * Throws StatisticoError naming file and line for a line without exactly four filled cells.
 */
export function readAliases(path: string): TeamAlias[] {
  if (!existsSync(path)) return [];
  return reading(path, (file) => readFileSync(file, "utf8"))
    .split(/\r?\n/)
    .flatMap((text, index) =>
      text.trim() === "" || text.trim() === HEADER ? [] : [aliasOf(text, `${path}:${index + 1}`)],
    );
}

/** Add an alias to the user's file; the whole file is written anew, so that it is never half an alias. */
export function appendAlias(path: string, alias: TeamAlias): void {
  const lines = [...readAliases(path), alias].map(({ source, country, alias: name, team }) =>
    [source, country, name, team].join(","),
  );
  writeWhole(path, `${[HEADER, ...new Set(lines)].join("\n")}\n`);
}

function aliasOf(text: string, place: string): TeamAlias {
  const cells = text.split(",").map(collapseSpace);
  if (cells.length !== 4 || cells.includes(""))
    throw new StatisticoError(
      "usage",
      `${place} must be source,country,alias,team, was "${text}"`,
      `edit ${place}`,
    );
  const [source, country, alias, team] = cells;
  return { source, country, alias, team, origin: "user" };
}
