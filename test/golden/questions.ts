import { writeFileSync } from "node:fs";
import { expect } from "vitest";
import { SAMPLE, type Workplace } from "./binary.js";

export const ESCAPE = "\u001b";

export const STRATEGY = `name: sample
leagues: [SIM1]
seasons: { from: 2025, to: 2025 }
markets: [MATCH_ODDS]
side: back
model: { name: poisson }
prices: { sources: [B365], moment: early }
entry: { edge: { min: 0.03 } }
staking: { method: flat, stake: 10 }
bank: 1000
`;

/** A way to ask every command for an answer without changing anything, the sample being ingested. */
export const QUESTIONS: readonly string[] = [
  "doctor",
  "config list",
  "init elsewhere --dry-run",
  "simulate --out elsewhere --dry-run",
  "db sql SELECT(1)one",
  `ingest football-data --from ${SAMPLE}/fixtures.csv --dry-run`,
  "leagues",
  "fixtures --league SIM1 --all",
  "results --league SIM1 --season 2025",
  "team Amber~Crag",
  "table --league SIM1 --season 2025",
  "schedule --date 2026-03-07",
  "card 1",
  "odds line --fixture 1 --market MATCH_ODDS",
  "odds best --fixture 1",
  "odds moves --league SIM1 --season 2025",
  "odds plan",
  "events tail --limit 3",
  "events schema prices.stored",
  "market list",
  "quarantine list",
  "teams list",
  "teams unknown",
  "rate --league SIM1 --algorithm elo",
  "fit --league SIM1 --model poisson",
  "price --home-rate 1.84 --away-rate 1.09",
  "implied --prices 2.10,3.40,3.60",
  "kelly --price 2.1 --probability 0.5",
  "compile --league SIM1 --model poisson --as-of 2026-03-06 --dry-run",
  "compare --league SIM1 --model poisson --as-of 2026-03-06",
  "evaluate --league SIM1 --season 2025 --model poisson",
  "verify --league SIM1 --model poisson --as-of 2026-03-06",
  "check sample.yaml",
  "backtest sample.yaml --dry-run",
  "report --list",
  "research --ratings SIM1 --describe",
  "practice --list-faults",
  "trade sample.yaml --dry-run",
  "status",
  "bets",
  "resume",
  "cron print sample.yaml",
  "alerts example",
];

/** Questions whose answers are drawn each in a way of its own: tables, little pictures, pages. */
export const SHOWN = QUESTIONS.filter((question) =>
  /^(doctor|table|card|odds|rate|fit|price|implied|kelly|compare)/.test(question),
);

/** Commands that write or take long: they have tests of their own, of the same kind. */
export const NOT_ASKED = ["demo", "sweep", "reconcile", "settle", "stop"];

/** The words of a question; ~ stands for a space inside one. */
export const words = (question: string): string[] =>
  question.split(" ").map((word) => word.replaceAll("~", " "));

/** Take the sample in and write the strategy the questions are about. */
export async function preparePlace(place: Workplace): Promise<void> {
  writeFileSync(place.path("sample.yaml"), STRATEGY);
  const { code } = await place.run(["ingest", "football-data", "--from", SAMPLE, "-q"]);
  expect(code).toBe(0);
}

/** What is wrong with the answer in JSON where colour is forced; null when it is one document with a schema. */
export async function jsonFault(place: Workplace, question: string): Promise<object | null> {
  const { code, stdout, stderr } = await place.run([...words(question), "--json"], {
    env: { FORCE_COLOR: "1" },
  });
  const { schema } = JSON.parse(stdout || "{}") as { schema?: string };
  const fine = code === 0 && !stdout.includes(ESCAPE) && /^statistico\/[a-z-]+@1$/.test(schema ?? "");
  return fine ? null : { question, code, schema, stderr };
}

/** What is said beside the answer with --quiet, or coloured in it; null when nothing is. */
export async function quietFault(place: Workplace, question: string): Promise<object | null> {
  const { code, stdout, stderr } = await place.run([...words(question), "--quiet"]);
  return code === 0 && stderr === "" && !stdout.includes(ESCAPE) ? null : { question, code, stderr };
}
