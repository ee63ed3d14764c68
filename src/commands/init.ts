import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Define } from "../app.js";
import { writeWhole } from "../files/write-whole.js";
import { present } from "../report/present.js";

const EXAMPLES = `Examples:
  statistico init                                    here
  statistico init betting && cd betting
`;

const CONFIG = `# What statistico does in this folder. Every key may be left out; statistico config list shows them all.
database: data/statistico.db
aliases: aliases.csv # spellings of clubs: source,country,alias,team
commission: 0.02

sources:
  football-data:
    leagues: [E0, E1]
    seasons: 2020..2026
    fixtures: true
`;

const STRATEGY = `name: value-1x2
description: back what our model prices shorter than the early market
leagues: [E0, E1]
seasons: { from: 2022, to: 2025 }
markets: [MATCH_ODDS]
side: back
model: { name: dixon-coles, halfLifeDays: 385 }
prices:
  sources: [PS, B365] # the best of these at the time of the bet
  moment: early
  maxOverround: 0.10
entry:
  edge: { min: 0.03, max: 0.30 } # probability x price - 1, after commission
  price: { min: 1.5, max: 6.0 }
staking: { method: kelly, fraction: 0.25, maxStake: 50 }
bank: 1000
commission: 0.02
limits: { perBet: 50, perFixture: 100, perDay: 300, perDayLoss: 200 }
live: { enabled: false }
`;

const README = `# A statistico folder

    statistico ingest                        fetch what statistico.yaml names
    statistico fit --league E0               attack and defence of every club
    statistico compile --league E0           our prices for the coming week
    statistico backtest strategies/value.yaml --report report.html

data/ holds the database and the raw files; keep it out of version control.
`;

const FILES: readonly (readonly [path: string, text: string])[] = [
  ["statistico.yaml", CONFIG],
  [join("strategies", "value.yaml"), STRATEGY],
  ["README.md", README],
  [".gitignore", "data/\n*.html\n"],
];

export const define: Define = (command, withApp) => {
  command
    .argument("[folder]", "the folder (default: this one)", ".")
    .addHelpText("before", EXAMPLES)
    .option("-n, --dry-run", "say what would be written, and stop")
    .action(
      withApp(async (app, folder: string, options: { readonly dryRun?: boolean }) => {
        const rows = FILES.map(([path]) => ({
          path: join(folder, path),
          state: existsSync(join(folder, path)) ? "kept" : "written",
        }));
        if (!options.dryRun) {
          mkdirSync(join(folder, "data"), { recursive: true, mode: 0o700 });
          for (const [index, [path, text]] of FILES.entries())
            if (rows[index].state === "written") writeWhole(join(folder, path), text);
        }
        present(app, {
          schema: "statistico/init@1",
          document: { folder, files: rows },
          columns: [
            { key: "state", title: "" },
            { key: "path", title: "file" },
          ],
          rows,
        });
        app.console.say(
          options.dryRun
            ? "nothing was written"
            : `ready: ${folder === "." ? "" : `cd ${folder} && `}statistico ingest`,
        );
      }),
    );
};
