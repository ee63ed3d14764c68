import { dayOf, startOfDay } from "../../core/day.js";
import type { Season } from "../../domain/season.js";
import { readJson } from "../parse/feed/json.js";
import { keyOfLeague, type LeagueNaming } from "../parse/feed/league.js";
import type { Asked, SourceRequest } from "./source.js";

export const JSON_FILES = /\.json(\.gz)?$/i;
export const CSV_FILES = /\.csv(\.gz)?$/i;
export const lastPage = (): null => null;

/** When a season is over and its files do not change any more: the first of October after it. */
export function overAt(season: Season): number {
  return startOfDay(dayOf(season + 1, 10, 1));
}

/** The leagues asked for that the source has, with its keys of them. */
export function keyed(
  naming: LeagueNaming,
  { leagues }: Asked,
): { readonly league: string; readonly key: string }[] {
  return leagues.flatMap((league) => {
    const key = keyOfLeague(naming, league);
    return key === null ? [] : [{ league, key }];
  });
}

/** A request for each season of each league. */
export function perSeason(
  naming: LeagueNaming,
  asked: Asked,
  urlOf: (key: string, season: Season) => string,
): SourceRequest[] {
  return keyed(naming, asked).flatMap(({ league, key }) =>
    asked.seasons.map((season) => ({
      url: `${asked.base}/${urlOf(key, season)}`,
      about: `${league} ${season}`,
      cost: 1,
      finalAfter: overAt(season),
    })),
  );
}

/** "2019-20". */
export function seasonFolder(season: Season): string {
  return `${season}-${String((season + 1) % 100).padStart(2, "0")}`;
}

export function documentOf(bytes: Uint8Array): unknown {
  const json = readJson(bytes);
  return json.kind === "json" ? json.value : null;
}

/** The request with another page number. */
export function paged(request: SourceRequest, page: number): SourceRequest {
  const url = request.url.replace(/&page=\d+/, "");
  return { ...request, url: `${url}&page=${page}` };
}
