import { stripControls } from "../../core/text.js";
import type { LeagueDescription } from "../../warehouse/port.js";
import { describeCompetition } from "./competition.js";
import { describeDivision, isDivisionCode, isKnownDivision } from "./division.js";
import { type Findings, warn } from "./findings.js";

/** The leagues met in a file, in the order of their first row. */
export interface LeagueBook {
  /** By what the row writes: a division, or a country and a league. */
  readonly byText: Map<string, LeagueDescription>;
  isSimulated: boolean;
}

export function createLeagueBook(): LeagueBook {
  return { byText: new Map(), isSimulated: false };
}

/** The start of every cell of the column Provenance in the files that `statistico simulate` writes. */
const SIMULATED_BY = "simulated by statistico";

/** Code of a row's division, entered when it is new; null for what is no code. */
export function leagueOfDivision(
  book: LeagueBook,
  code: string,
  provenance: string,
  findings: Findings,
): string | null {
  const known = book.byText.get(code);
  if (known) return known.code;
  if (!isDivisionCode(code)) return null;
  const isSimulated = provenance.startsWith(SIMULATED_BY);
  if (isSimulated) book.isSimulated = true;
  const league = describeDivision(code, isSimulated);
  book.byText.set(code, league);
  if (!isSimulated && !isKnownDivision(code)) {
    const text = `a division not in the catalogue, kept as ${code} of country ${league.country}`;
    warn(findings, "Div", "unknown-division", text);
  }
  return code;
}

/** Code of a row's competition, entered when it is new; null when the row names none. */
export function leagueOfCompetition(
  book: LeagueBook,
  country: string,
  name: string,
  findings: Findings,
): string | null {
  const text = `${country}\n${name}`;
  const known = book.byText.get(text);
  if (known) return known.code;
  if (!isLabel(country) || !isLabel(name)) return null;
  const { league, surprise } = describeCompetition(country, name);
  book.byText.set(text, league);
  if (surprise !== null) {
    warn(findings, "League", surprise, `${name} of ${country} is kept apart, as ${league.code}`);
  }
  return league.code;
}

function isLabel(text: string): boolean {
  return text !== "" && text.length <= 60 && text === stripControls(text);
}
