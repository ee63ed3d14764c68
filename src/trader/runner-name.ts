import type { Market, QuarterLine, Runner } from "../domain/market.js";
import type { CatalogueMarket, CatalogueRunner } from "../exchange/venue.js";

/** A venue's runner in our words. */
export interface NamedRunner {
  readonly runner: Runner;
  readonly line: QuarterLine;
}

/** The two sides of an event's name, as the venue writes them; null for a name that is not of two sides. */
export function sidesOf(eventName: string): readonly [home: string, away: string] | null {
  const parts = eventName.split(/ (?:v|vs|vs\.) /);
  const [home = "", away = ""] = parts;
  return parts.length === 2 && home.trim() !== "" && away.trim() !== "" ? [home.trim(), away.trim()] : null;
}

/**
 * What a runner of a market is called here; null for one that no strategy can bet on ("Any Other Home Win").
 *
 * An Asian handicap's line is always the home side's, whichever runner it is quoted for.
 */
export function runnerName(
  market: Market,
  { eventName }: CatalogueMarket,
  runner: CatalogueRunner,
): NamedRunner | null {
  const sides = sidesOf(eventName);
  if (sides === null) return null;
  const name = runner.name.trim();
  const side = sideOf(name, sides);
  switch (market) {
    case "MATCH_ODDS":
      return plain(side ?? (/^(the )?draw$/i.test(name) ? "DRAW" : null));
    case "DRAW_NO_BET":
      return plain(side);
    case "ASIAN_HANDICAP":
      return (
        side && { runner: side, line: quarters(side === "HOME" ? runner.handicap : 0 - runner.handicap) }
      );
    case "ALT_TOTAL_GOALS": {
      const total = overUnder(name);
      return total === null ? null : { runner: total, line: quarters(runner.handicap) };
    }
    case "BOTH_TEAMS_TO_SCORE":
      return plain(/^(yes|no)$/i.test(name) ? name.toUpperCase() : null);
    case "DOUBLE_CHANCE":
      return plain(DOUBLE[name.toLowerCase()] ?? doubleOf(name, sides));
    case "CORRECT_SCORE":
      return plain(/^\d+ ?- ?\d+$/.test(name) ? name.replaceAll(" ", "") : null);
    default:
      return market.startsWith("OVER_UNDER_") ? plain(overUnder(name)) : null;
  }
}

const DOUBLE: Readonly<Record<string, Runner>> = {
  "home or draw": "HOME_OR_DRAW",
  "draw or away": "DRAW_OR_AWAY",
  "home or away": "HOME_OR_AWAY",
};

function doubleOf(name: string, [home, away]: readonly [string, string]): Runner | null {
  const written: Readonly<Record<string, Runner>> = {
    [`${home} or Draw`]: "HOME_OR_DRAW",
    [`Draw or ${away}`]: "DRAW_OR_AWAY",
    [`${home} or ${away}`]: "HOME_OR_AWAY",
  };
  return written[name] ?? null;
}

function sideOf(name: string, [home, away]: readonly [string, string]): "HOME" | "AWAY" | null {
  if (name === home) return "HOME";
  return name === away ? "AWAY" : null;
}

function overUnder(name: string): Runner | null {
  const [, word] = /^(over|under)\b/i.exec(name) ?? [];
  return word?.toUpperCase() ?? null;
}

function plain(runner: Runner | null): NamedRunner | null {
  return runner === null ? null : { runner, line: 0 };
}

/** In quarter goals, and never a negative zero. */
function quarters(goals: number): QuarterLine {
  return Math.round(4 * goals) + 0;
}
