import type { Define } from "../app.js";
import { type Day, dayOfInstant, formatDay, weekday } from "../core/day.js";
import type { Fixture } from "../domain/fixture.js";
import { present } from "../report/present.js";
import { countFlag, dayFlag, listFlag, requireLeagues } from "./shared/flags.js";
import { FIXTURE_COLUMNS, fixtureRow } from "./shared/rows.js";

interface Options {
  readonly league?: string[];
  readonly date?: Day;
  readonly days?: number;
}

const EXAMPLES = `Examples:
  statistico schedule                                today and the next six days
  statistico schedule --date 2024-08-17 --days 1 --league E0,E1
`;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .option("--league <codes>", "leagues, like E0,E1", listFlag)
    .option("--date <date>", "first date (default: today)", dayFlag)
    .option("--days <n>", "number of days (default: 7)", countFlag)
    .action(
      withApp(async (app, options: Options) => {
        const warehouse = await app.warehouse("read");
        await requireLeagues(warehouse, options.league);
        const fromDay = options.date ?? dayOfInstant(app.clock.now());
        const toDay = fromDay + Math.max(1, options.days ?? 7) - 1;
        const fixtures = await warehouse.fixtures({ leagues: options.league, fromDay, toDay });
        const rows = fixtures.map((fixture) => ({
          weekday: WEEKDAYS[weekday(fixture.day)],
          ...fixtureRow(fixture),
        }));
        present(app, {
          schema: "statistico/schedule@1",
          document: {
            from: formatDay(fromDay),
            to: formatDay(toDay),
            days: perDay(fixtures),
            fixtures: rows,
          },
          columns: [{ key: "weekday", title: "" }, ...FIXTURE_COLUMNS],
          rows,
        });
        app.console.say(`${rows.length} fixtures from ${formatDay(fromDay)} to ${formatDay(toDay)}`);
      }),
    );
};

function perDay(fixtures: readonly Fixture[]): { date: string; fixtures: number }[] {
  const counts = new Map<Day, number>();
  for (const { day } of fixtures) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts].map(([day, count]) => ({ date: formatDay(day), fixtures: count }));
}
