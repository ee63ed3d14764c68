import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/core/day.js";
import type { Fixture } from "../../src/domain/fixture.js";
import type { CatalogueMarket } from "../../src/exchange/venue.js";
import { isDue } from "../../src/trader/due.js";
import {
  customerRef,
  intentKey,
  isOurRef,
  orderRef,
  slotName,
  strategyRef,
} from "../../src/trader/intent-key.js";
import { fixtureMatcher, plainName } from "../../src/trader/match-fixture.js";
import { runnerName } from "../../src/trader/runner-name.js";
import { alias } from "../support/records.js";

const SATURDAY = dayOf(2025, 1, 4);
const THREE_PM = Date.UTC(2025, 0, 4, 15);

function fixture(id: number, home: string, away: string, kickOff = THREE_PM): Fixture {
  const team = (name: string, at: number) => ({ id: at, name, country: "England" });
  return {
    id,
    league: "E0",
    season: 2024,
    day: SATURDAY,
    kickOff,
    kickOffKnown: true,
    home: team(home, 2 * id),
    away: team(away, 2 * id + 1),
    neutral: false,
  };
}

const catalogue = (eventName: string, marketType = "MATCH_ODDS"): CatalogueMarket => ({
  marketId: "1.1",
  marketType,
  marketName: marketType,
  startsAt: THREE_PM,
  eventId: "1",
  eventName,
  competition: null,
  country: "GB",
  runners: [],
});

describe("matching a market to its fixture", () => {
  const matcher = fixtureMatcher(
    [fixture(1, "Nott'm Forest", "Man United"), fixture(2, "St Etienne", "Lens")],
    [alias("Nottingham Forest", "Nott'm Forest"), alias("Man Utd", "Man United")],
  );
  const found = (eventName: string, startsAt = THREE_PM) => matcher({ eventName, startsAt });

  it("takes names as they are, without accents and points, and by aliases", () => {
    expect(found("Nott'm Forest v Man United")).toMatchObject({ fixture: { id: 1 } });
    expect(found("Nottingham Forest v Man Utd")).toMatchObject({ fixture: { id: 1 } });
    expect(found("St. Étienne v Lens")).toMatchObject({ fixture: { id: 2 } });
    expect(plainName("  1. FC Köln ")).toBe("1 fc koln");
  });

  it("guesses nothing", () => {
    expect(found("Man Utd v Nottingham Forest").kind).toBe("unmatched");
    expect(found("Nottingham v Man Utd").kind).toBe("unmatched");
    expect(found("Man Utd v Nottingham Forest v Lens")).toMatchObject({
      reason: expect.stringContaining("two sides"),
    });
    expect(found("Nott'm Forest v Man United", THREE_PM + 86_400_001).kind).toBe("unmatched");
  });

  it("leaves out what could be two fixtures", () => {
    const twice = fixtureMatcher([fixture(1, "A", "B"), fixture(2, "A", "B", THREE_PM + 3_600_000)], []);
    expect(twice({ eventName: "A v B", startsAt: THREE_PM })).toMatchObject({ reason: '2 fixtures "A v B"' });
  });
});

describe("naming runners", () => {
  const name = (market: Parameters<typeof runnerName>[0], runner: string, handicap = 0) =>
    runnerName(market, catalogue("Arsenal v Hull", market), {
      selectionId: 1,
      handicap,
      name: runner,
      sortPriority: 1,
    });

  it("knows the exchange's words for each market", () => {
    expect(["Arsenal", "The Draw", "Hull"].map((word) => name("MATCH_ODDS", word)?.runner)).toEqual([
      "HOME",
      "DRAW",
      "AWAY",
    ]);
    expect(name("OVER_UNDER_25", "Over 2.5 Goals")).toEqual({ runner: "OVER", line: 0 });
    expect(name("BOTH_TEAMS_TO_SCORE", "Yes")?.runner).toBe("YES");
    expect(name("CORRECT_SCORE", "2 - 1")?.runner).toBe("2-1");
    expect(name("CORRECT_SCORE", "Any Other Home Win")).toBeNull();
    expect(name("DOUBLE_CHANCE", "Home or Draw")?.runner).toBe("HOME_OR_DRAW");
    expect(name("MATCH_ODDS", "Chelsea")).toBeNull();
  });

  it("gives both sides of a handicap the home side's line", () => {
    expect(name("ASIAN_HANDICAP", "Arsenal", -0.75)).toEqual({ runner: "HOME", line: -3 });
    expect(name("ASIAN_HANDICAP", "Hull", 0.75)).toEqual({ runner: "AWAY", line: -3 });
    expect(name("ALT_TOTAL_GOALS", "Under", 2.5)).toEqual({ runner: "UNDER", line: 10 });
    expect(Object.is(name("ASIAN_HANDICAP", "Hull", 0)?.line, 0)).toBe(true);
  });
});

describe("when a fixture is due", () => {
  const match = fixture(1, "A", "B");
  const due = (moment: Parameters<typeof isDue>[0], now: number) => isDue(moment, match, THREE_PM, now);

  it("is from its moment on until the start", () => {
    const hour = { kind: "asof", beforeMs: 3_600_000 } as const;
    expect(
      [THREE_PM - 3_600_001, THREE_PM - 3_600_000, THREE_PM - 1, THREE_PM].map((now) => due(hour, now)),
    ).toEqual([false, true, true, false]);
    // Friday 17:00 UK is the collection slot of a Saturday's match.
    const friday = Date.UTC(2025, 0, 3, 17);
    expect([due({ kind: "early" }, friday - 1), due({ kind: "early" }, friday)]).toEqual([false, true]);
    expect([due({ kind: "close" }, THREE_PM - 600_001), due({ kind: "close" }, THREE_PM - 600_000)]).toEqual([
      false,
      true,
    ]);
  });
});

describe("references", () => {
  const identity = {
    mode: "live",
    strategy: "Value & more, with a long name",
    marketId: "1.23456789",
    selectionId: 47972,
    handicap: -0.5,
    side: "back",
    slot: slotName({ kind: "asof", beforeMs: 3_600_000 }),
  } as const;

  it("are of the venue's alphabet and length, the same for the same wish", () => {
    const key = intentKey(identity);
    expect(key).toBe("live|Value & more, with a long name|1.23456789|47972|-0.5|back|asof 60");
    for (const ref of [orderRef(key), customerRef(key, 0), customerRef(key, 1)])
      expect(ref).toMatch(/^[A-Za-z0-9\-._+*:;~]{1,32}$/);
    expect(strategyRef(identity.strategy)).toMatch(/^[A-Za-z0-9\-._+*:;~]{1,15}$/);
    expect(orderRef(key)).toBe(orderRef(intentKey({ ...identity })));
    expect(new Set([orderRef(key), customerRef(key, 0), customerRef(key, 1)]).size).toBe(3);
    expect([isOurRef(orderRef(key)), isOurRef("mine")]).toEqual([true, false]);
  });
});
