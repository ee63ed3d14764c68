import { readFileSync } from "node:fs";
import type { App, Define } from "../app.js";
import { type Day, dayOfInstant, formatDay, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Season } from "../domain/season.js";
import { inputsOf } from "../ingest/inputs.js";
import { readMatches } from "../ingest/match-file.js";
import {
  type ConvergedFit,
  type Fit,
  fitGoals,
  type GoalModel,
  type RefusedFit,
  refusalText,
} from "../models/fit.js";
import type { GoalMatch } from "../models/goal-match.js";
import { type Column, present } from "../report/present.js";
import { choiceFlag, dayFlag, listFlag, numberFlag, requireLeagues, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly league?: string[];
  readonly matches?: string;
  readonly model: GoalModel;
  readonly asOf?: Day;
  readonly xi?: number;
  readonly halfLife?: number;
  readonly seasons?: Season[];
  readonly ridge?: number;
  readonly rho?: number;
}

const EXAMPLES = `Examples:
  statistico fit --league E0 --seasons 2022..2024
  statistico fit --league E0 --model poisson --as-of 2024-01-01 --half-life 385
  statistico fit --matches matches.json --json
`;

const COLUMNS: readonly Column[] = [
  { key: "team", title: "club" },
  { key: "attack", title: "attack", digits: 3 },
  { key: "attackSe", title: "±", digits: 3 },
  { key: "defence", title: "defence", digits: 3 },
  { key: "defenceSe", title: "±", digits: 3 },
  { key: "matches", title: "matches" },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--league <code>", "one league, or several whose clubs meet", listFlag)
    .option("--matches <file>", "a JSON list or CSV of date, home, away, hg, ag, w instead of a league")
    .option(
      "--model <name>",
      "poisson or dixon-coles",
      choiceFlag("--model", ["poisson", "dixon-coles"]),
      "dixon-coles",
    )
    .option("--as-of <date>", "only what was known at the start of this day (default: today)", dayFlag)
    .option("--xi <rate>", "weight exp(-xi x days)", numberFlag)
    .option("--half-life <days>", "weight halves in so many days", numberFlag)
    .option("--seasons <years>", "seasons to learn from", seasonsFlag)
    .option("--ridge <precision>", "pull ratings towards the mean: for clubs with few games", numberFlag)
    .option("--rho <value>", "hold the low-score dependence at this", numberFlag)
    .action(withApp(fit));
};

async function fit(app: App, options: Options): Promise<void> {
  if (options.xi !== undefined && options.halfLife !== undefined)
    throw new StatisticoError(
      "usage",
      "--xi and --half-life say the same thing: give one",
      "--half-life 385",
    );
  const asOf = options.asOf ?? (options.matches ? undefined : dayOfInstant(app.clock.now()));
  const matches = await matchesOf(app, options, asOf);
  const { model, xi, halfLife: halfLifeDays, ridge, rho } = options;
  const fitted = fitGoals(matches, { model, xi, halfLifeDays, ridge, rho, asOf });
  if (fitted.kind !== "converged") return refuse(app, options, fitted);
  show(app, fitted, asOf);
}

async function matchesOf(app: App, options: Options, asOf: Day | undefined): Promise<GoalMatch[]> {
  if (options.matches !== undefined) {
    const path = options.matches;
    const text = path === "-" ? await inputsOf(["-"], process.stdin)[0].read() : readFile(path);
    return readMatches(new TextDecoder().decode(text), path);
  }
  if (!options.league)
    throw new StatisticoError(
      "usage",
      "fit needs a league or a file of matches",
      "statistico fit --league E0",
    );
  const warehouse = await app.warehouse("read");
  await requireLeagues(warehouse, options.league);
  const known = asOf === undefined ? undefined : startOfDay(asOf);
  const played = await warehouse.matches({ leagues: options.league, seasons: options.seasons, asOf: known });
  return played.map(({ fixture, result }) => ({
    home: fixture.home.name,
    away: fixture.away.name,
    homeGoals: result.homeGoals,
    awayGoals: result.awayGoals,
    day: fixture.day,
    neutral: fixture.neutral,
  }));
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new StatisticoError("usage", `cannot read ${path}`, `ls -l ${path}`);
  }
}

function show(app: App, fitted: ConvergedFit, asOf: Day | undefined): void {
  const { kind: _kind, covariance: _covariance, teams, islands, ...numbers } = fitted;
  const ranked = [...teams].sort((a, b) => b.attack + b.defence - (a.attack + a.defence));
  const document = {
    converged: true,
    asOf: asOf === undefined ? null : formatDay(asOf),
    ...numbers,
    teams,
    islands: islands.length > 1 ? islands : [],
  };
  present(app, {
    schema: "statistico/fit@1",
    document,
    columns: COLUMNS,
    rows: ranked.map((team) => ({ ...team })),
  });
  const { model, n, logLikelihood, homeAdvantage, homeAdvantageSe, intercept, rho, rhoSe, iterations } =
    fitted;
  app.console.say(
    `${model}: n ${n}, log-likelihood ${logLikelihood.toFixed(2)}, home advantage ${plusMinus(homeAdvantage, homeAdvantageSe)}, ` +
      `intercept ${intercept.toFixed(3)}${model === "poisson" ? "" : `, rho ${plusMinus(rho, rhoSe)}`}, ${iterations} steps`,
  );
  app.console.say("log scale: higher attack and higher defence are stronger; ± is one standard error");
  for (const bound of fitted.activeBounds)
    app.console.warn(`${bound}: rho rests against the value that would make a score negative`);
}

/** No optimum, no number: the document says why, and the exit code says so too. */
function refuse(app: App, options: Options, refused: RefusedFit): never {
  const islands = refused.kind === "disconnected" ? refused.islands : [];
  const text = refusalText(refused);
  if (app.options.json)
    present(app, {
      schema: "statistico/fit@1",
      document: {
        model: options.model,
        converged: false,
        kind: refused.kind,
        reason: text,
        islands,
        teams: [],
      },
      columns: [],
      rows: [],
    });
  throw new StatisticoError("data", `no fit: ${text}`, hintFor(refused.kind, options));
}

function hintFor(kind: Fit["kind"], { league }: Options): string {
  const again = `statistico fit ${league ? `--league ${league.join(",")}` : "--matches FILE"}`;
  if (kind === "no-data")
    return league
      ? `statistico ingest football-data --league ${league.join(",")} --season 2020..2024`
      : again;
  return kind === "invalid-match" ? again : `${again} --ridge 0.05`;
}

function plusMinus(value: number, error: number): string {
  return `${value.toFixed(3)} ± ${(1.96 * error).toFixed(3)} (95%)`;
}
