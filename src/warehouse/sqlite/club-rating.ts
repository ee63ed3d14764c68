import type { Day } from "../../core/day.js";
import type { ClubRating, ClubRatingRecord, Reject, WriteCounts } from "../port.js";
import type { Connection } from "./connection.js";
import { countryId } from "./describe.js";
import type { ResolvedClubs } from "./resolve-clubs.js";
import type { WriteScene } from "./write-scene.js";

/** Write the club ratings of a file; those of clubs nobody knows join `rejects`. */
export function writeClubRatings(scene: WriteScene, clubs: ResolvedClubs, rejects: Reject[]): WriteCounts {
  const counts = { new: 0, changed: 0, same: 0 };
  for (const rating of scene.file.ratings ?? []) {
    const teamId = clubs.get(countryId(scene.connection, rating.country))?.get(rating.club);
    if (teamId === undefined) rejects.push(unknownClub(rating));
    else counts[writeRating(scene, teamId, rating)]++;
  }
  return counts;
}

interface Stored {
  readonly untilDay: Day;
  readonly value: number;
  readonly fileId: number;
}

/** A later file may say that a value stood longer; a corrected value replaces the wrong one. */
function writeRating(
  { connection, file, fileId, outdated }: WriteScene,
  teamId: number,
  { fromDay, untilDay, value }: ClubRatingRecord,
): keyof WriteCounts {
  const known = connection
    .statement<Stored>(
      `SELECT until_day AS untilDay, value, file_id AS fileId FROM club_rating
       WHERE source = ? AND team_id = ? AND from_day = ?`,
    )
    .get(file.raw.source, teamId, fromDay);
  if (known && (outdated(known.fileId) || (known.value === value && known.untilDay === untilDay)))
    return "same";
  connection
    .statement("INSERT OR REPLACE INTO club_rating VALUES (?, ?, ?, ?, ?, ?)")
    .run(file.raw.source, teamId, fromDay, untilDay, value, fileId);
  return known ? "changed" : "new";
}

function unknownClub({ line, country, club }: ClubRatingRecord): Reject {
  const text = `no club of ${country} is known as ${club}: statistico teams unknown`;
  return { line, column: "", rule: "team-unknown", text, raw: club, scope: "row" };
}

interface RatingRow {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  readonly fromDay: Day;
  readonly untilDay: Day;
  readonly value: number;
}

/** What a source rated clubs on `day`, the latest there is without it; the highest first. */
export function readClubRatings(
  connection: Connection,
  query: { readonly source: string; readonly country?: string | undefined; readonly day?: Day | undefined },
): readonly ClubRating[] {
  return connection
    .statement<RatingRow>(
      `SELECT t.id, t.name, n.name AS country, r.from_day AS fromDay, r.until_day AS untilDay, r.value
       FROM club_rating r JOIN team t ON t.id = r.team_id JOIN country n ON n.id = t.country_id
       WHERE r.source = @source AND n.name = ifnull(@country, n.name) AND r.from_day = (
         SELECT max(l.from_day) FROM club_rating l WHERE l.source = r.source AND l.team_id = r.team_id
           AND (@day IS NULL OR @day BETWEEN l.from_day AND l.until_day))
       ORDER BY r.value DESC, n.name, t.name`,
    )
    .all({ source: query.source, country: query.country ?? null, day: query.day ?? null })
    .map(({ id, name, country, ...rating }) => ({ team: { id, name, country }, ...rating }));
}
