import type { App, Define } from "../app.js";
import { FORECASTERS, unknownModel } from "../compiler/forecasters.js";
import type { Check } from "../compiler/verify-fits.js";
import { type VerifiedLeague, verifyLeague } from "../compiler/verify-league.js";
import type { Instant } from "../core/clock.js";
import { formatDay, formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { type Column, present } from "../report/present.js";
import { countFlag, instantFlag, listFlag, requireLeagues } from "./shared/flags.js";

interface Options {
  readonly league?: string[];
  readonly asOf?: Instant;
  readonly model?: string[];
  readonly seed: number;
}

const EXAMPLES = `Examples:
  statistico verify --league E0
  statistico verify --league E0,E1 --as-of 2024-08-16 --model market-informed,dixon-coles

Every number that becomes a price is reached twice, by paths that share no code: fits by reweighted least squares and
by the likelihood match by match, day-by-day ratings by one cold fit, sheets by closed forms, grids and the markets
that have no closed form by play-outs from a seed, prices that are stored by each other. What disagrees is never stored
by compile; here it ends with exit 3.
`;

const COLUMNS: readonly Column[] = [
  { key: "league", title: "league" },
  { key: "subject", title: "of" },
  { key: "check", title: "check" },
  { key: "checked", title: "numbers" },
  { key: "difference", title: "worst", align: "right" },
  { key: "allowed", title: "allowed", align: "right" },
  { key: "verdict", title: "" },
  { key: "detail", title: "at" },
];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--league <codes>", "leagues (default: all in the database)", listFlag)
    .option("--as-of <instant>", "from what was known then (default: now)", instantFlag)
    .option("--model <names>", "models whose forecasts are checked (default: all)", listFlag)
    .option("--seed <n>", "of the play-outs", countFlag, 1)
    .action(withApp(verify));
};

async function verify(app: App, options: Options): Promise<void> {
  const models = options.model ?? Object.keys(FORECASTERS);
  const unknown = models.find((name) => !Object.hasOwn(FORECASTERS, name));
  if (unknown !== undefined) throw unknownModel(unknown);
  const warehouse = await app.warehouse("read");
  await requireLeagues(warehouse, options.league);
  const leagues = options.league ?? (await warehouse.leagueCodes());
  const asOf = options.asOf ?? app.clock.now();
  const progress = app.console.progress("verify", leagues.length);
  const verified: VerifiedLeague[] = [];
  for (const [done, league] of leagues.entries()) {
    verified.push(await verifyLeague(warehouse, { league, asOf, models, seed: options.seed }));
    progress.update(done + 1, league);
  }
  progress.stop();
  show(app, verified, asOf, options.seed);
}

function show(app: App, verified: readonly VerifiedLeague[], asOf: Instant, seed: number): void {
  const checks = verified.flatMap(({ league, checks: own }) => own.map((check) => ({ league, ...check })));
  const faults = checks.filter(({ agreed }) => !agreed);
  present(app, {
    schema: "statistico/verify@1",
    document: {
      asOf: formatInstant(asOf),
      seed,
      agreed: faults.length === 0,
      leagues: verified.map(({ league, n, upcoming, fixtures }) => ({
        league,
        n,
        upcoming,
        fixtures: fixtures.map(({ id, day, home, away }) => ({
          fixtureId: id,
          date: formatDay(day),
          home: home.name,
          away: away.name,
        })),
      })),
      checks,
    },
    columns: COLUMNS,
    rows: checks.map((check) => ({ ...check, ...inWords(check) })),
  });
  for (const { league, upcoming, fixtures } of verified)
    if (!upcoming)
      app.console.say(
        `${league}: no fixture to come; checked on the last ${fixtures.length} that were played`,
      );
  const compared = checks.reduce((sum, { checked }) => sum + checked, 0);
  app.console.say(
    `${compared} numbers compared, ${faults.length} of ${checks.length} checks disagree; seed ${seed}`,
  );
  if (faults.length > 0)
    throw new StatisticoError(
      "data",
      `two paths disagree on ${faults.map(({ subject, detail }) => `${subject}: ${detail}`).join("; ")}`,
      "statistico verify --json",
    );
}

function inWords({ worst, tolerance, unit, agreed, checked }: Check) {
  if (checked === 0) return { difference: "", allowed: "", verdict: "not compared" };
  const shown = (value: number): string =>
    unit === "absolute" ? value.toExponential(1) : `${value.toFixed(1)} s.e.`;
  return { difference: shown(worst), allowed: shown(tolerance), verdict: agreed ? "agrees" : "DISAGREES" };
}
