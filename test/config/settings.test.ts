import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/config/settings.js";

function refusal(text: string): string {
  try {
    readSettings(text, "statistico.yaml");
  } catch (error) {
    const { message, hint } = error as Error & { hint: string };
    return `${message} | ${hint}`;
  }
  return "none";
}

describe("a configuration text", () => {
  it("becomes settings by dotted key", () => {
    const text =
      "commission: 0.05\nsources:\n  football-data:\n    leagues: [E0, D1]\n    seasons: 2014..2016\n";
    expect([...readSettings(text, "statistico.yaml")]).toEqual([
      ["commission", 0.05],
      ["sources.football-data.leagues", ["E0", "D1"]],
      ["sources.football-data.seasons", "2014..2016"],
      ["sources", { "football-data": { leagues: ["E0", "D1"], seasons: "2014..2016" } }],
    ]);
  });

  it("may name a season as a number", () => {
    const text = "sources: { football-data: { seasons: 2014 } }";
    expect(readSettings(text, "statistico.yaml").get("sources.football-data.seasons")).toBe("2014");
  });

  it.each([
    ["comission: 0.02\n", "statistico.yaml:1:1 unknown setting, was comission | did you mean commission?"],
    ["sources:\n  football-data:\n    fixture: true\n", "statistico.yaml:3:5 unknown setting, was fixture"],
    ["commission: much\n", "statistico.yaml:1:13 commission: "],
    ["commission: 0.3\n", "statistico.yaml:1:13 commission: "],
    ["commission: .nan\n", "statistico.yaml:1:13 "],
    ["database: a\ndatabase: b\n", "statistico.yaml:2:1 "],
    ["a: [1\nb: 2\n", "statistico.yaml:"],
    ["- 1\n- 2\n", "statistico.yaml:1:1 "],
    [
      "sources: { football-data: { url: 'file:///etc/passwd' } }\n",
      "statistico.yaml:1:34 sources.football-data.url: must be an http or https address",
    ],
    [
      "sources: { football-data: { seasons: 20xx } }\n",
      "statistico.yaml:1:38 sources.football-data.seasons: must name seasons",
    ],
    ["__proto__: { live: true }\n", "statistico.yaml:1:1 "],
    ["database: !!js/function 'x'\n", "statistico.yaml:1:"],
    [`a: ${"[".repeat(5000)}\n`, "statistico.yaml:1:"],
  ])("is refused with its place: %j", (text, beginning) => {
    expect(refusal(text)).toContain(beginning);
    expect(refusal(text).startsWith("statistico.yaml:")).toBe(true);
  });
});
