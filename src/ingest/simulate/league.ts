import { type Day, formatDay } from "../../core/day.js";
import { formatSeason, type Season } from "../../domain/season.js";
import { defaultCut, firstSaturday } from "./calendar.js";
import { type SimulatedMatch, simulateMatches } from "./match.js";
import { currentSeason, requireSimulation, SAMPLE_OPTIONS, type SimulationOptions } from "./options.js";
import { seasonFile } from "./season-file.js";
import { truthFile } from "./truth-file.js";

/** A text to be written under the folder of the caller's choice; `path` is relative, with forward slashes. */
export interface SimulatedFile {
  readonly path: string;
  readonly text: string;
}

/** Season files, fixtures, the truth, a README: in the order they are best written. */
export type SimulatedFiles = readonly SimulatedFile[];

/**
 * Made-up divisions in the format of football-data.co.uk, drawn from known true strengths.
 *
 * Returns  `2223/SIM1.csv` and so on, a file a division and season, the current one cut; `fixtures.csv` with the early
 *          prices of the days from the cut on; `truth.json`; `README.md`. Nothing is written: the caller does that.
 * Same     options give the same bytes. Every row says "simulated by statistico seed N" in its last column.
 * Throws   InvariantError for options that `requireSimulation` refuses.
 */
export function simulateLeague(options: SimulationOptions): SimulatedFiles {
  requireSimulation(options);
  const cut = options.cut ?? defaultCut(currentSeason(options));
  const provenance = `simulated by statistico seed ${options.seed}`;
  const histories = simulateMatches(options);
  const matches = histories.flatMap((history) => history.matches);
  const upcoming = matches
    .filter(({ day }) => day >= cut && day < cut + options.fixtureDays)
    .sort(compareMatches);
  const seasons = Array.from({ length: options.pastSeasons + 1 }, (_, k) => options.startSeason + k);
  const moments = [...seasons.map(firstSaturday), cut];
  return [
    { path: "README.md", text: readme(options, cut) },
    ...seasonFiles(matches, cut, provenance),
    { path: "fixtures.csv", text: seasonFile(upcoming, "upcoming", provenance) },
    { path: "truth.json", text: truthFile(histories, upcoming, moments, provenance) },
  ];
}

function seasonFiles(matches: readonly SimulatedMatch[], cut: Day, provenance: string): SimulatedFile[] {
  const byPath = new Map<string, SimulatedMatch[]>();
  for (const match of matches) {
    if (match.day >= cut) continue;
    const path = `${seasonFolder(match.season)}/${match.division}.csv`;
    byPath.set(path, [...(byPath.get(path) ?? []), match]);
  }
  return [...byPath].map(([path, played]) => ({ path, text: seasonFile(played, "played", provenance) }));
}

/** "2223" for 2022/23, the site's folder names. */
function seasonFolder(season: Season): string {
  return formatSeason(season).slice(2).replace("/", "");
}

function compareMatches(a: SimulatedMatch, b: SimulatedMatch): number {
  return (
    a.day - b.day ||
    a.minutes - b.minutes ||
    (a.division < b.division ? -1 : a.division > b.division ? 1 : 0) ||
    (a.home < b.home ? -1 : 1)
  );
}

function readme(options: SimulationOptions, cut: Day): string {
  const divisions = options.divisions.map(({ code, clubs }) => `${code} (${clubs} clubs)`).join(", ");
  const first = formatSeason(options.startSeason);
  const last = formatSeason(currentSeason(options));
  return `# Simulated leagues

Everything in this folder is made up: clubs, referees, scores, prices. \`statistico\` drew it from a random generator
with seed ${options.seed}, and every row says so in its last column. It is here so that every command can be tried and tested
without a network and without anybody's data. **Nothing in it says anything about real football.**

Made by (FOLDER is this folder; \`fixtures/sample\` holds the copy that comes with the program, seed ${SAMPLE_OPTIONS.seed})

\`\`\`
statistico simulate --out FOLDER --seed ${options.seed}
\`\`\`

- \`<season>/<division>.csv\`: results, match statistics, early and closing prices of ${divisions}, ${first} to ${last},
  played before ${formatDay(cut)}
- \`fixtures.csv\`: the fixtures of ${formatDay(cut)} and the ${options.fixtureDays - 1} days after it, with early prices
- \`truth.json\`: the true strengths at the start of each season and at the cut, the true chances of the fixtures

The columns are those of football-data.co.uk's season files. Scores follow a Dixon-Coles model whose strengths drift
slowly; \`PS\` is a sharp book (margin 2.5 %) that errs a little early and less at the close; \`B365\`, \`BW\` and \`WH\` are
soft books (5.5 to 6.5 %) with larger errors; \`Max\` and \`Avg\` are taken over these four; \`BFE\` is an exchange, without
a margin, at times thin or empty. There are backs of real value at the soft books, because it was built that way.
`;
}
