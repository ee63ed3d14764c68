import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Define } from "../app.js";
import type { Day } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import type { Season } from "../domain/season.js";
import { writeWhole } from "../files/write-whole.js";
import { simulateLeague } from "../ingest/simulate/league.js";
import { SAMPLE_OPTIONS, type SimulatedDivision } from "../ingest/simulate/options.js";
import { present } from "../report/present.js";
import { countFlag, dayFlag } from "./shared/flags.js";

interface Options {
  readonly out: string;
  readonly seed: number;
  readonly start: Season;
  readonly seasons: number;
  readonly division?: readonly SimulatedDivision[];
  readonly cut?: Day;
  readonly days: number;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

const EXAMPLES = `Examples:
  statistico simulate --out sample --seed 7
  statistico simulate --out big --division SIM1:20 SIM2:20 --seasons 10
  statistico ingest football-data --from sample
`;
const S = SAMPLE_OPTIONS;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--out <folder>", "folder to write: season files, fixtures.csv, truth.json, README.md")
    .option("--seed <n>", "same seed, same bytes", countFlag, S.seed)
    .option("--start <year>", "first season", countFlag, S.startSeason)
    .option("--seasons <n>", "whole seasons before the current one", countFlag, S.pastSeasons)
    .option(
      "--division <code:clubs...>",
      "divisions and their number of clubs (default: SIM1:16 SIM2:14)",
      divisionFlag,
    )
    .option("--cut <date>", "first day without results", dayFlag)
    .option("--days <n>", "days of coming fixtures", countFlag, S.fixtureDays)
    .option("-y, --yes", "write into a folder that is not empty")
    .option("-n, --dry-run", "say what would be written, and stop")
    .action(
      withApp(async (app, options: Options) => {
        const { out, seed, start, seasons, division, cut, days } = options;
        const files = simulateLeague({
          seed,
          startSeason: start,
          pastSeasons: seasons,
          divisions: division ?? S.divisions,
          cut: cut ?? null,
          fixtureDays: days,
        });
        if (!options.yes && !options.dryRun && existsSync(out) && readdirSync(out).length > 0)
          throw new StatisticoError("usage", `${out} is not empty`, `statistico simulate --out ${out} --yes`);
        if (!options.dryRun) for (const { path, text } of files) writeWhole(join(out, path), text);
        const rows = files.map(({ path, text }) => ({
          path: join(out, path),
          bytes: Buffer.byteLength(text),
        }));
        present(app, {
          schema: "statistico/simulate@1",
          document: { seed, files: rows },
          columns: [
            { key: "path", title: "file" },
            { key: "bytes", title: "bytes" },
          ],
          rows,
        });
        app.console.say(
          `${rows.length} files ${options.dryRun ? "would be written" : "written"} under ${out}; made-up data, seed ${seed}`,
        );
      }),
    );
};

/** "SIM1:16", gathered over the operands of a repeated flag. */
function divisionFlag(text: string, before: readonly SimulatedDivision[] = []): readonly SimulatedDivision[] {
  const match = /^([A-Z][A-Z0-9]{1,7}):(\d{1,2})$/.exec(text);
  const clubs = Number(match?.[2]);
  if (!match || clubs < 4 || clubs > 20 || clubs % 2 === 1)
    throw new StatisticoError(
      "usage",
      `a division is its code and an even number of clubs from 4 to 20, was "${text}"`,
      "--division SIM1:16",
    );
  return [...before, { code: match[1], clubs }];
}
