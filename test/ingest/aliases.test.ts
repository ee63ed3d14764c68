import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { appendAlias, BUILT_IN_ALIASES, readAliases } from "../../src/ingest/aliases.js";
import { alias } from "../support/records.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();

describe("the user's aliases", () => {
  it("are none without a file, and come back as they were added, each once", () => {
    const path = scratch("aliases.csv");
    expect(readAliases(path)).toEqual([]);
    const [united, spurs] = [alias("Man Utd", "Man United"), alias("Spurs", "Tottenham")];
    for (const one of [united, spurs, united]) appendAlias(path, one);
    expect(readAliases(path)).toEqual([united, spurs]);
    expect(readFileSync(path, "utf8")).toBe(
      "source,country,alias,team\nfootball-data,England,Man Utd,Man United\nfootball-data,England,Spurs,Tottenham\n",
    );
  });

  it("may be written by hand, with blank lines and spare spaces", () => {
    writeFileSync(scratch("hand.csv"), "football-data, England , Spurs ,Tottenham\r\n\r\n");
    expect(readAliases(scratch("hand.csv"))).toEqual([alias("Spurs", "Tottenham")]);
  });

  it.each(["England,Spurs,Tottenham", "football-data,England,,Tottenham", "a,b,c,d,e"])(
    "are refused with file and line: %s",
    (line) => {
      writeFileSync(scratch("bad.csv"), `source,country,alias,team\n${line}\n`);
      expect(() => readAliases(scratch("bad.csv"))).toThrow(
        `bad.csv:2 must be source,country,alias,team, was "${line}"`,
      );
    },
  );
});

describe("the built-in aliases", () => {
  it("never say two things of one spelling, nor lead on to another alias", () => {
    const spellings = BUILT_IN_ALIASES.map(({ country, alias: name }) => `${country} ${name}`);
    expect(new Set(spellings).size).toBe(spellings.length);
    expect(BUILT_IN_ALIASES.filter(({ country, team }) => spellings.includes(`${country} ${team}`))).toEqual(
      [],
    );
  });
});
