import { StatisticoError } from "../../core/errors.js";
import type { TeamAlias } from "../../warehouse/port.js";
import { readTable } from "../parse/feed/table.js";

/**
 * Aliases of a table that a person has gone through: `statistico teams unknown --csv` writes one, with the suggestions
 * as they are. Columns: source, country, `name` or `alias`, `suggestion` or `team`; a row without a team says nothing.
 *
 * Throws StatisticoError for what is no such table, and for a row with a team and without the rest.
 */
export function readAliasList(bytes: Uint8Array, path: string): TeamAlias[] {
  const table = readTable(bytes, ["source", "country"]);
  if (table.kind === "refused")
    throw new StatisticoError("data", `${path} ${table.text}`, "statistico teams unknown --csv -o names.csv");
  const aliases: TeamAlias[] = [];
  table.each((row, line) => {
    const cell = (name: string, other: string): string => row?.cell(name) || row?.cell(other) || "";
    const [alias, team] = [cell("alias", "name"), cell("team", "suggestion")];
    const [source, country] = [cell("source", "source"), cell("country", "country")];
    if (team === "") return;
    if (alias === "" || source === "" || country === "")
      throw new StatisticoError(
        "data",
        `${path}:${line} lacks a source, a country or a name`,
        `edit ${path}`,
      );
    aliases.push({ source, country, alias, team, origin: "user" });
  });
  return aliases;
}
