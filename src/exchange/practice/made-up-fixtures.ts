import type { Instant } from "../../core/clock.js";
import { MINUTE, type PracticeFixture } from "./match-script.js";

const CLUBS = [
  "Amber",
  "Birch",
  "Cobalt",
  "Dune",
  "Ember",
  "Fjord",
  "Granite",
  "Heather",
  "Indigo",
  "Juniper",
];
const PLACES = ["Town", "Rovers", "Athletic", "United", "Wanderers", "Albion", "County", "Harriers"];
const FIRST_MS = 30 * MINUTE;
const APART_MS = 15 * MINUTE;

/** Matches between clubs that do not exist: the first in half an hour, then four an hour. */
export function madeUpFixtures(count: number, startsAt: Instant): PracticeFixture[] {
  const first = Math.ceil((startsAt + FIRST_MS) / (5 * MINUTE)) * 5 * MINUTE;
  return Array.from({ length: count }, (_, i) => ({
    home: clubName(2 * i),
    away: clubName(2 * i + 1),
    league: "Practice League",
    kickOff: first + i * APART_MS,
  }));
}

function clubName(i: number): string {
  const round = Math.floor(i / (CLUBS.length * PLACES.length));
  const place = PLACES[Math.floor(i / CLUBS.length) % PLACES.length];
  return `${CLUBS[i % CLUBS.length]} ${place}${round === 0 ? "" : ` ${round + 1}`}`;
}
