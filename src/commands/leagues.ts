import type { Define } from "../app.js";
import { formatDay } from "../core/day.js";
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

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", "Examples:\n  statistico leagues\n  statistico leagues --json | jq .\n")
    .action(
      withApp(async (app) => {
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
        app.console.say(
          `${rows.length} leagues, ${rows.reduce((sum, row) => sum + row.fixtures, 0)} fixtures`,
        );
      }),
    );
};
