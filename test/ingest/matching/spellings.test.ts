import { describe, expect, it } from "vitest";
import { normalName } from "../../../src/domain/club-name.js";
import { COMMON_SPELLINGS } from "../../../src/ingest/matching/spellings.js";

const of = (one: { readonly country: string }, name: string): string => `${one.country} ${normalName(name)}`;

describe("common spellings", () => {
  it("mean one club each, and none of them is another club's own name", () => {
    const teams = new Map(COMMON_SPELLINGS.map((one) => [of(one, one.team), one.team]));
    const meant = new Map<string, string>();
    for (const one of COMMON_SPELLINGS) {
      const key = of(one, one.alias);
      expect(meant.get(key) ?? one.team).toBe(one.team);
      meant.set(key, one.team);
      expect(teams.get(key) ?? one.team).toBe(one.team);
    }
  });

  it("say what the name alone does not", () => {
    expect(COMMON_SPELLINGS.filter(({ alias, team }) => normalName(alias) === normalName(team))).toEqual([]);
    expect(COMMON_SPELLINGS.filter(({ source, origin }) => source !== "*" || origin !== "built-in")).toEqual(
      [],
    );
  });
});
