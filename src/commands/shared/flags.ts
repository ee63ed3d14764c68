import type { Instant } from "../../core/clock.js";
import { type Day, parseIsoDay, startOfDay } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { parseCount, parseNumber } from "../../core/number.js";
import { nearest } from "../../core/text.js";
import { MARKETS, type Market } from "../../domain/market.js";
import { parseSeasons, type Season } from "../../domain/season.js";
import type { Warehouse } from "../../warehouse/port.js";

/** "E0,E1" to its parts. */
export function listFlag(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes(""))
    throw new StatisticoError("usage", `an empty name in a list, was "${text}"`, "--league E0,E1");
  return [...new Set(parts)];
}

export function seasonsFlag(text: string): Season[] {
  const seasons = parseSeasons(text);
  if (seasons === null)
    throw new StatisticoError("usage", `a season is its start year, was "${text}"`, "--season 2014..2024");
  return seasons;
}

export function dayFlag(text: string): Day {
  const day = parseIsoDay(text);
  if (day === null)
    throw new StatisticoError("usage", `a date must be like 2024-08-16, was "${text}"`, "--as-of 2024-08-16");
  return day;
}

/** A date (its start, UTC) or an instant like 2024-08-16T14:00:00Z. */
export function instantFlag(text: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?Z)?$/.exec(text);
  const day = match ? parseIsoDay(match[1]) : null;
  if (!match || day === null)
    throw new StatisticoError(
      "usage",
      `an instant must be a date or like 2024-08-16T14:00:00Z, was "${text}"`,
      "--as-of 2024-08-16",
    );
  const [hours, minutes, seconds] = [match[2], match[3], match[4]].map((part) => Number(part ?? 0));
  return startOfDay(day) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

export function countFlag(text: string): number {
  const count = parseCount(text);
  if (count === null)
    throw new StatisticoError("usage", `a whole number is wanted, was "${text}"`, "--limit 20");
  return count;
}

export function numberFlag(text: string): number {
  const value = parseNumber(text);
  if (value === null)
    throw new StatisticoError("usage", `a number is wanted, was "${text}"`, "write 1.84, not 1,84");
  return value;
}

/** "2.10,3.40,3.60" to numbers. */
export function numbersFlag(text: string): number[] {
  return listNumbers(text).map(numberFlag);
}

function listNumbers(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

export function marketsFlag(text: string): Market[] {
  return listFlag(text.toUpperCase()).map((name) => {
    const market = MARKETS.find((known) => known === name);
    if (market) return market;
    const meant = nearest(name, MARKETS)[0];
    throw new StatisticoError(
      "usage",
      `no such market, was ${name}`,
      meant ? `--market ${meant}` : MARKETS.join(", "),
    );
  });
}

/** One of a few words. */
export function choiceFlag<T extends string>(name: string, choices: readonly T[]): (text: string) => T {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice) return choice;
    const meant = nearest(text, choices)[0];
    throw new StatisticoError(
      "usage",
      `${name} must be one of ${choices.join(", ")}, was "${text}"`,
      meant ? `did you mean ${meant}?` : `${name} ${choices[0]}`,
    );
  };
}

/** Refuse leagues that the database has nothing of, with the nearest that it has. */
export async function requireLeagues(
  warehouse: Warehouse,
  leagues: readonly string[] | undefined,
): Promise<void> {
  if (!leagues) return;
  const known = await warehouse.leagueCodes();
  const missing = leagues.find((league) => !known.includes(league));
  if (missing === undefined) return;
  const meant = nearest(missing, known, 0.4)[0];
  throw new StatisticoError(
    "data",
    `nothing of league ${missing} in the database`,
    meant
      ? `did you mean ${meant}? statistico leagues`
      : `statistico ingest football-data --league ${missing} --season 2020..2024`,
  );
}
