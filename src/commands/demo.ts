import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { writeWhole } from "../files/write-whole.js";
import { present } from "../report/present.js";

interface Options {
  readonly out: string;
}

interface Step {
  readonly title: string;
  readonly command: readonly string[];
}

const EXAMPLES = `Examples:
  statistico demo                                    in ./statistico-demo
  statistico demo --out first-look
`;

/** The sample's current season is cut on this Friday; its early prices are collected at 17:00 London time. */
const AS_OF = "2026-03-06T18:00:00Z";

const STRATEGY = `name: demo-value
description: back what the ratings price shorter than the soft books do
leagues: [SIM1, SIM2]
seasons: { from: 2023, to: 2025 }
markets: [MATCH_ODDS]
side: back
model: { name: market-informed }
prices:
  sources: [B365, BW, WH]
  moment: early
  maxOverround: 0.12
entry:
  edge: { min: 0.03, max: 0.30 }
  price: { min: 1.4, max: 8.0 }
staking: { method: flat, stake: 10 }
bank: 1000
commission: 0
limits: { perBet: 20, perFixture: 20, perDay: 200 }
live: { enabled: false }
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--out <folder>", "where database, strategy and report go", "statistico-demo")
    .action(withApp(async (app, options: Options) => demo(app, options)));
};

function demo(app: App, { out }: Options): void {
  const sample = sampleFolder();
  const paths = {
    db: join(out, "data", "statistico.db"),
    strategy: join(out, "demo-value.yaml"),
    report: join(out, "report.html"),
  };
  writeWhole(paths.strategy, STRATEGY);
  app.console.say("made-up leagues: nothing here says anything about real football\n");
  const steps = stepsOf(sample, paths);
  for (const [index, { title, command }] of steps.entries()) {
    app.console.write(
      `${index + 1}/${steps.length} ${title}\n$ statistico ${command.map(quoted).join(" ")}\n`,
    );
    app.console.write(`${run([...command, "--db", paths.db])}\n`);
  }
  const { profit, roi, bets, clv } = headline(paths);
  const percent = (value: number | null): string => (value === null ? "–" : `${(100 * value).toFixed(1)}%`);
  const closing = `ROI ${percent(roi.value)} (95% ${percent(roi.low)} to ${percent(roi.high)}), CLV ${percent(clv.mean)}, profit ${profit.toFixed(2)} from ${bets} bets`;
  if (app.options.json)
    present(app, {
      schema: "statistico/demo@1",
      document: { ...paths, bets, profit, roi, clv },
      columns: [],
      rows: [],
    });
  else app.console.write(`done: ${closing}\nreport: ${paths.report}\n`);
}

/** The sample lies in the package, beside the bundle. */
function sampleFolder(): string {
  const bin = realpathSync(process.argv[1]);
  const sample = join(dirname(dirname(bin)), "fixtures", "sample");
  if (!existsSync(sample))
    throw new StatisticoError(
      "data",
      `the sample data is missing, was looked for in ${sample}`,
      "statistico simulate --out fixtures/sample",
    );
  const near = relative(process.cwd(), sample);
  return near.startsWith("..") || near === "" ? sample : near;
}

function stepsOf(
  sample: string,
  { strategy, report }: { readonly strategy: string; readonly report: string },
): Step[] {
  const seasons = readdirSync(sample)
    .filter((name) => /^\d{4}$/.test(name))
    .sort();
  return [
    {
      title: "take in past seasons",
      command: ["ingest", "football-data", "--from", ...seasons.map((season) => join(sample, season))],
    },
    {
      title: "and the coming fixtures with their prices",
      command: ["ingest", "fixtures", "--from", join(sample, "fixtures.csv")],
    },
    {
      title: "rate the clubs",
      command: ["rate", "--league", "SIM1", "--as-of", AS_OF.slice(0, 10), "--store"],
    },
    {
      title: "fit a goal model",
      command: ["fit", "--league", "SIM1", "--as-of", AS_OF.slice(0, 10), "--half-life", "385"],
    },
    {
      title: "compile prices of the coming fixtures",
      command: ["compile", "--league", "SIM1", "--as-of", AS_OF, "--market", "MATCH_ODDS"],
    },
    {
      title: "compare them with the market",
      command: ["compare", "--league", "SIM1", "--as-of", AS_OF, "--min-edge", "0.01"],
    },
    { title: "replay a strategy", command: ["backtest", strategy, "--report", report] },
  ];
}

/** Run a step as the user would: another process of this program. Its words and its answer, in that order. */
function run(command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], ...command], {
    encoding: "utf8",
  });
  if (status === 0) return `${stdout}${stderr}`;
  const first = stderr.split("\n")[0].replace(/^statistico: /, "");
  throw new StatisticoError(
    "failed",
    `the step "${command[0]}" failed: ${first}`,
    `statistico ${command.map(quoted).join(" ")}`,
  );
}

interface Headline {
  readonly bets: number;
  readonly profit: number;
  readonly roi: { readonly value: number | null; readonly low: number | null; readonly high: number | null };
  readonly clv: { readonly mean: number | null };
}

function headline({ db, strategy }: { readonly db: string; readonly strategy: string }): Headline {
  return JSON.parse(run(["backtest", strategy, "--dry-run", "--json", "-q", "--db", db])) as Headline;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
