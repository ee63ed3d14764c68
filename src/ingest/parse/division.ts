import type { LeagueDescription } from "../../warehouse/port.js";

const DIVISIONS: ReadonlyMap<string, readonly [name: string, tier: number]> = new Map([
  ["E0", ["Premier League", 1]],
  ["E1", ["Championship", 2]],
  ["E2", ["League One", 3]],
  ["E3", ["League Two", 4]],
  ["EC", ["National League", 5]],
  ["SC0", ["Scottish Premiership", 1]],
  ["SC1", ["Scottish Championship", 2]],
  ["SC2", ["Scottish League One", 3]],
  ["SC3", ["Scottish League Two", 4]],
  ["D1", ["Bundesliga", 1]],
  ["D2", ["2. Bundesliga", 2]],
  ["I1", ["Serie A", 1]],
  ["I2", ["Serie B", 2]],
  ["SP1", ["La Liga", 1]],
  ["SP2", ["Segunda División", 2]],
  ["F1", ["Ligue 1", 1]],
  ["F2", ["Ligue 2", 2]],
  ["N1", ["Eredivisie", 1]],
  ["B1", ["Belgian Pro League", 1]],
  ["P1", ["Primeira Liga", 1]],
  ["T1", ["Süper Lig", 1]],
  ["G1", ["Super League Greece", 1]],
]);

/** Countries by the letters that begin their divisions' codes. */
const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ["E", "England"],
  ["EC", "England"],
  ["SC", "Scotland"],
  ["D", "Germany"],
  ["I", "Italy"],
  ["SP", "Spain"],
  ["F", "France"],
  ["N", "Netherlands"],
  ["B", "Belgium"],
  ["P", "Portugal"],
  ["T", "Turkey"],
  ["G", "Greece"],
]);

const SIMULATED = "Simulated";

export function isDivisionCode(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,15}$/.test(text);
}

/** Every division of the catalogue, country by country. */
export function knownDivisions(): LeagueDescription[] {
  return [...DIVISIONS.keys()].map((code) => describeDivision(code, false));
}

export function isKnownDivision(code: string): boolean {
  return DIVISIONS.has(code);
}

/**
 * A division as the catalogue knows it. A code it does not know is a league of that name: in the country whose
 * letters it begins with, else in a country of its own, "Unknown (XX)", so that no club is merged by accident.
 */
export function describeDivision(code: string, isSimulated: boolean): LeagueDescription {
  const letters = /^[A-Za-z]+/.exec(code)?.[0] ?? code;
  if (isSimulated) return { code, name: `Simulated ${code}`, country: SIMULATED, tier: trailingNumber(code) };
  const country = COUNTRIES.get(letters) ?? `Unknown (${letters})`;
  const [name, tier] = DIVISIONS.get(code) ?? [code, null];
  return { code, name, country, tier };
}

function trailingNumber(code: string): number | null {
  const digits = /\d{1,2}$/.exec(code)?.[0];
  return digits === undefined ? null : Number(digits);
}
