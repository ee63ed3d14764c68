import type { Define } from "../app.js";
import { dayOfInstant } from "../core/day.js";
import { present } from "../report/present.js";
import { countFlag, requireLeagues } from "./shared/flags.js";
import { type MatchFlags, matchFlags, queryOf } from "./shared/query.js";
import { FIXTURE_COLUMNS, fixtureRow } from "./shared/rows.js";

interface Options extends MatchFlags {
  readonly days?: number;
  readonly all?: boolean;
}

const EXAMPLES = `Examples:
  statistico fixtures --league E0                    not yet played
  statistico fixtures --days 7                       of the coming week
  statistico fixtures --league E0 --season 2024 --all --csv
`;

export const define: Define = (command, withApp) => {
  matchFlags(command)
    .addHelpText("before", EXAMPLES)
    .option("--days <n>", "from today, so many days", countFlag)
    .option("--all", "played ones too")
    .action(
      withApp(async (app, options: Options) => {
        const warehouse = await app.warehouse("read");
        await requireLeagues(warehouse, options.league);
        const today = dayOfInstant(app.clock.now());
        const window = options.days === undefined ? {} : { fromDay: today, toDay: today + options.days };
        const played = options.all ? undefined : false;
        const rows = (await warehouse.fixtures({ ...queryOf(options), ...window, played })).map(fixtureRow);
        present(app, {
          schema: "statistico/fixtures@1",
          document: { fixtures: rows },
          columns: FIXTURE_COLUMNS,
          rows,
        });
        app.console.say(`${rows.length} fixtures`);
      }),
    );
};
