import { readFileSync } from "node:fs";
import type { App, Define } from "../app.js";
import { type Day, dayOfInstant, formatDay, startOfDay } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { compareText } from "../domain/fixture.js";
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
import { rueSalvesen } from "../models/rue-salvesen.js";
import { fitScores } from "../models/score-fit.js";
import { SCORE_LIKELIHOODS } from "../models/score-forecaster.js";
import type { ScoreLikelihood } from "../models/score-likelihood.js";
import type { ScoreFit } from "../models/score-model.js";
import { type Column, present } from "../report/present.js";
import { choiceFlag, dayFlag, listFlag, numberFlag, requireLeagues, seasonsFlag } from "./shared/flags.js";

interface Options {
  readonly league?: string[];
  readonly matches?: string;
  readonly model: string;
  readonly asOf?: Day;
  readonly xi?: number;
  readonly halfLife?: number;
  readonly seasons?: Season[];
  readonly ridge?: number;
  readonly rho?: number;
  readonly gamma?: number;
}

const GOAL_MODELS: readonly GoalModel[] = ["poisson", "dixon-coles"];
const RUE_SALVESEN = "rue-salvesen";
const MODELS = [...GOAL_MODELS, ...SCORE_LIKELIHOODS.map(({ name }) => name), RUE_SALVESEN];
const USUAL_GAMMA = 0.1;

const EXAMPLES = `Examples:
  statistico fit --league E0 --seasons 2022..2024
  statistico fit --league E0 --model poisson --as-of 2024-01-01 --half-life 385
  statistico fit --league E0 --seasons 2024 --model weibull-copula
  statistico fit --matches matches.json --json

Models: ${MODELS.join(", ")} (docs/models.md)
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
    .option("--model <name>", "see above", choiceFlag("--model", MODELS), "dixon-coles")
    .option("--as-of <date>", "only what was known at the start of this day (default: today)", dayFlag)
    .option("--xi <rate>", "weight exp(-xi x days)", numberFlag)
    .option("--half-life <days>", "weight halves in so many days", numberFlag)
    .option("--seasons <years>", "seasons to learn from", seasonsFlag)
    .option("--ridge <precision>", "pull ratings towards the mean: for clubs with few games", numberFlag)
    .option("--rho <value>", "dixon-coles: hold the low-score dependence at this", numberFlag)
    .option("--gamma <value>", "rue-salvesen: its effect, which no data can tell", numberFlag)
    .action(withApp(fit));
};

async function fit(app: App, options: Options): Promise<void> {
  refuseContradictions(options);
  const asOf = options.asOf ?? (options.matches ? undefined : dayOfInstant(app.clock.now()));
  const matches = await matchesOf(app, options, asOf);
  const { xi, halfLife: halfLifeDays, ridge, rho } = options;
  const model = GOAL_MODELS.find((name) => name === options.model);
  const settings = { xi, halfLifeDays, ridge, asOf };
  const fitted = model
    ? fitGoals(matches, { ...settings, model, rho })
    : fitScores(matches, { ...settings, likelihood: likelihoodOf(options) });
  if (fitted.kind !== "converged") return refuse(app, options, fitted);
  show(app, "likelihood" in fitted ? scoreNumbers(fitted) : goalNumbers(fitted), asOf);
}

function refuseContradictions({ xi, halfLife, rho, gamma, model, ridge }: Options): void {
  const refuse = (message: string, hint: string): never => {
    throw new StatisticoError("usage", message, hint);
  };
  if (xi !== undefined && halfLife !== undefined)
    refuse("--xi and --half-life say the same thing: give one", "--half-life 385");
  if (xi !== undefined && !(xi >= 0)) refuse(`--xi must not be negative, was ${xi}`, "--xi 0.0018");
  if (halfLife !== undefined && !(halfLife > 0))
    refuse(`--half-life must be above 0 days, was ${halfLife}`, "--half-life 385");
  if (ridge !== undefined && !(ridge >= 0))
    refuse(`--ridge must not be negative, was ${ridge}`, "--ridge 0.05");
  if (rho !== undefined && model !== "dixon-coles")
    refuse(`--rho belongs to dixon-coles, was given to ${model}`, "--model dixon-coles");
  if (gamma !== undefined && model !== RUE_SALVESEN)
    refuse(`--gamma belongs to ${RUE_SALVESEN}, was given to ${model}`, `--model ${RUE_SALVESEN}`);
}

function likelihoodOf({ model, gamma = USUAL_GAMMA }: Options): ScoreLikelihood {
  return SCORE_LIKELIHOODS.find(({ name }) => name === model) ?? rueSalvesen(gamma);
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

/** What every fit says, whatever its distribution; `rho` is null where the model has none. */
interface Numbers extends Omit<ScoreFit, "kind" | "likelihood" | "covariates" | "covariance"> {
  readonly rho: number | null;
  readonly rhoSe: number | null;
  readonly islands: ConvergedFit["islands"];
}

function goalNumbers({ kind: _kind, covariance: _covariance, islands, ...numbers }: ConvergedFit): Numbers {
  return { ...numbers, shapes: [], islands: islands.length > 1 ? islands : [] };
}

function scoreNumbers({
  kind: _kind,
  likelihood: _likelihood,
  covariance: _covariance,
  covariates: _none,
  ...numbers
}: ScoreFit): Numbers {
  return { ...numbers, rho: null, rhoSe: null, islands: [] };
}

function show(app: App, fitted: Numbers, asOf: Day | undefined): void {
  const { teams } = fitted;
  const ranked = [...teams].sort(
    (a, b) => b.attack + b.defence - (a.attack + a.defence) || compareText(a.team, b.team),
  );
  present(app, {
    schema: "statistico/fit@1",
    document: { converged: true, asOf: asOf === undefined ? null : formatDay(asOf), ...fitted },
    columns: COLUMNS,
    rows: ranked.map((team) => ({ ...team })),
  });
  tell(app, fitted);
}

function tell(app: App, fitted: Numbers): void {
  const { model, n, logLikelihood, homeAdvantage, homeAdvantageSe, intercept, rho, rhoSe, iterations } =
    fitted;
  const own = fitted.shapes.map(({ name, value, se }) => `, ${name} ${plusMinus(value, se)}`).join("");
  const dependence = rho === null || model === "poisson" ? "" : `, rho ${plusMinus(rho, rhoSe ?? 0)}`;
  app.console.say(
    `${model}: n ${n}, log-likelihood ${logLikelihood.toFixed(2)}, home advantage ${plusMinus(homeAdvantage, homeAdvantageSe)}, ` +
      `intercept ${intercept.toFixed(3)}${dependence}${own}, ${iterations} steps`,
  );
  app.console.say("log scale: higher attack and higher defence are stronger; ± is one standard error");
  for (const bound of fitted.activeBounds)
    app.console.warn(
      bound.startsWith("rho")
        ? `${bound}: rho rests against the value that would make a score negative`
        : `${bound}: rests on the end of its range, where the data ask for no more than that`,
    );
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
  return error === 0 ? value.toFixed(3) : `${value.toFixed(3)} ± ${(1.96 * error).toFixed(3)} (95%)`;
}
