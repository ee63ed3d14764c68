import type { Command } from "commander";
import type { Day } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import type { FixtureQuery } from "../../warehouse/port.js";
import { countFlag, dayFlag, listFlag, seasonsFlag } from "./flags.js";

export interface MatchFlags {
  readonly league?: string[];
  readonly season?: Season[];
  readonly team?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly limit?: number;
}

/** The flags that choose matches, alike on every command that lists some. */
export function matchFlags(command: Command): Command {
  return command
    .option("--league <codes>", "leagues, like E0,E1", listFlag)
    .option("--season <years>", "seasons by start year: 2014, 2014,2016 or 2014..2024", seasonsFlag)
    .option("--team <name>", "only matches of this club")
    .option("--from <date>", "first date", dayFlag)
    .option("--to <date>", "last date", dayFlag)
    .option("--limit <n>", "at most so many", countFlag);
}

export function queryOf({ league, season, team, from, to, limit }: MatchFlags): FixtureQuery {
  return { leagues: league, seasons: season, team, fromDay: from, toDay: to, limit };
}
