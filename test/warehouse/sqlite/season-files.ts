import type { IngestedFile } from "../../../src/warehouse/port.js";
import { CLUBS, file, seasonRecords } from "../../support/records.js";

export const SEASONS = 10;
/** 8 clubs: 56 matches, 10 prices each. */
export const MATCHES = 56;

/** Ten seasons of one league, a file each. */
export function seasonFiles(): IngestedFile[] {
  return Array.from({ length: SEASONS }, (_, i) =>
    file(seasonRecords({ season: 2005 + i, clubs: CLUBS.slice(0, 8), books: ["PS"] })),
  );
}
