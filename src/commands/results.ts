import type { Define } from "../app.js";
import type { Instant } from "../core/clock.js";
import type { Result } from "../domain/fixture.js";
import { present } from "../report/present.js";
import { instantFlag, requireLeagues } from "./shared/flags.js";
import { type MatchFlags, matchFlags, queryOf } from "./shared/query.js";
import { RESULT_COLUMNS, resultRow } from "./shared/rows.js";

interface Options extends MatchFlags {
  readonly asOf?: Instant;
  readonly revised?: boolean;
}

const EXAMPLES = `Examples:
  statistico results --league E0 --season 2014
  statistico results --team Arsenal --from 2024-01-01 --json
  statistico results --revised                       results that were corrected later
`;

export const define: Define = (command, withApp) => {
  matchFlags(command)
    .addHelpText("before", EXAMPLES)
    .option("--as-of <instant>", "as known then: later results and corrections are left out", instantFlag)
    .option("--revised", "only results that were corrected, with what stood before")
    .action(
      withApp(async (app, options: Options) => {
        const warehouse = await app.warehouse("read");
        await requireLeagues(warehouse, options.league);
        const revisions = options.revised ? await warehouse.revisions(queryOf(options)) : [];
        const revised = new Set(revisions.map(({ fixtureId }) => fixtureId));
        const matches = await warehouse.matches({ ...queryOf(options), asOf: options.asOf });
        const rows = matches
          .filter(({ fixture }) => !options.revised || revised.has(fixture.id))
          .map((match) => ({
            ...resultRow(match),
            ...(options.revised ? { before: scoreBefore(match.result, revisions) } : {}),
          }));
        const columns = options.revised
          ? [...RESULT_COLUMNS, { key: "before", title: "before" }]
          : RESULT_COLUMNS;
        present(app, { schema: "statistico/results@1", document: { results: rows }, columns, rows });
        app.console.say(`${rows.length} results`);
      }),
    );
};

function scoreBefore({ fixtureId, revision }: Result, revisions: readonly Result[]): string {
  return revisions
    .filter((result) => result.fixtureId === fixtureId && result.revision < revision)
    .map(({ homeGoals, awayGoals }) => `${homeGoals}-${awayGoals}`)
    .join(", then ");
}
