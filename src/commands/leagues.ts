import type { App, Define } from "../app.js";
import { formatDay } from "../core/day.js";
import { leaguesOffered } from "../ingest/sources/football-data.js";
import { type Column, present } from "../report/present.js";

const COLUMNS: readonly Column[] = [
  { key: "league", title: "league" },
  { key: "name", title: "name" },
  { key: "country", title: "country" },
  { key: "tier", title: "tier", align: "right" },
  { key: "seasonCount", title: "seasons", align: "right" },
  { key: "span", title: "from - to" },
  { key: "fixtures", title: "fixtures", align: "right" },
  { key: "results", title: "results", align: "right" },
  { key: "teams", title: "clubs", align: "right" },
];

const EXAMPLES = `Examples:
  statistico leagues                                 what the database holds
  statistico leagues --known                         what can be downloaded, and under which code
  statistico leagues --json | jq .
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--known", "the leagues that can be downloaded, instead of those that are here")
    .action(
      withApp(async (app, { known }: { readonly known?: boolean }) =>
        known ? listKnown(app) : listHeld(app),
      ),
    );
};

function listKnown(app: App): void {
  const rows = leaguesOffered().map(({ code, name, country, tier }) => ({
    league: code,
    name,
    country,
    tier,
  }));
  const document = { leagues: rows };
  present(app, { schema: "statistico/known-leagues@1", document, columns: COLUMNS.slice(0, 4), rows });
  app.console.say(`${rows.length} leagues: statistico ingest football-data --league E0 --season 2020..2024`);
}

async function listHeld(app: App): Promise<void> {
  const leagues = await (await app.warehouse("read")).leagues();
  const rows = leagues.map(
    ({ code, name, country, tier, seasons, fixtures, results, teams, firstDay, lastDay }) => ({
      league: code,
      name,
      country,
      tier,
      seasons,
      seasonCount: seasons.length,
      span: seasons.length === 0 ? "" : `${seasons[0]} - ${seasons[seasons.length - 1]}`,
      fixtures,
      results,
      teams,
      firstDate: firstDay === null ? null : formatDay(firstDay),
      lastDate: lastDay === null ? null : formatDay(lastDay),
    }),
  );
  present(app, { schema: "statistico/leagues@1", document: { leagues: rows }, columns: COLUMNS, rows });
  app.console.say(`${rows.length} leagues, ${rows.reduce((sum, row) => sum + row.fixtures, 0)} fixtures`);
}
