import type { Command } from "commander";
import type { Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { type PricePoint, parsePricePoint } from "../domain/price-point.js";
import { best } from "./odds/best.js";
import { history } from "./odds/history.js";
import { latest } from "./odds/latest.js";
import { line } from "./odds/line.js";
import { moves } from "./odds/moves.js";
import { countFlag, listFlag, marketsFlag, numberFlag, seasonsFlag } from "./shared/flags.js";

const EXAMPLES = `Examples:
  statistico odds history --fixture 812 --market MATCH_ODDS
  statistico odds latest --fixture 812                     with each book's overround and the age of its prices
  statistico odds line --fixture 812 --line close
  statistico odds line --fixture 812 --line asof:-60m      as it stood an hour before kick-off
  statistico odds line --league E0 --season 2024 --line close --source PS --csv
  statistico odds best --league E0 --days 3                the best price of all sources
  statistico odds moves --fixture 812 --from early --to close
  statistico odds plan                                     what would be asked for, when and why
  statistico odds watch --once                             ask for what is due, for cron
  statistico odds watch                                    go on asking until stopped

A price is one of a line, from its opening to the last before kick-off. The point of the line is chosen first; a range
of prices (--min-price, --max-price) is applied to what was chosen. Our own compiled price is the source STATISTICO.
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  one(command, "history", "every price that was ever stored, in order of time").action(withApp(history));
  one(command, "latest", "the latest price of each source").action(withApp(latest));
  ranged(many(command, "line", "one price of each source's line"))
    .option("--line <which>", POINTS, pointFlag, { kind: "close" })
    .action(withApp(line));
  ranged(many(command, "best", "the best price of all sources where a bet can be struck"))
    .option("--line <which>", POINTS, pointFlag, { kind: "close" })
    .action(withApp(best));
  many(command, "moves", "which prices shortened (steam) or lengthened (drift), and in how many books")
    .option("--from <which>", "the earlier point of the lines", pointFlag, { kind: "early" })
    .option("--to <which>", "the later point", pointFlag, { kind: "close" })
    .action(withApp(moves));
  polls(command, "plan", "what is to be asked for, when and why").action(
    withApp(async (app, options) => (await import("./odds/plan.js")).plan(app, options)),
  );
  polls(command, "watch", "ask the sources for prices as the plan says and store them")
    .option("--once", "ask for what is due now and end, for cron")
    .action(withApp(async (app, options) => (await import("./odds/watch.js")).watch(app, options)));
};

const POINTS = "open, early, close, asof:-60m or max (hindsight)";

function about(command: Command, name: string, description: string): Command {
  return command.command(name).description(description);
}

function prices(command: Command): Command {
  return command
    .option("--market <names>", "markets (default: MATCH_ODDS)", marketsFlag, ["MATCH_ODDS"])
    .option("--source <codes>", "only these sources, like PS,B365,STATISTICO", listFlag);
}

function one(command: Command, name: string, description: string): Command {
  const id = "the fixture, by the id that `fixtures` and `results` show";
  return prices(about(command, name, description).requiredOption("--fixture <id>", id, countFlag));
}

function many(command: Command, name: string, description: string): Command {
  return prices(
    about(command, name, description)
      .option("--fixture <id>", "one fixture, by the id that `fixtures` and `results` show", countFlag)
      .option("--league <codes>", "the fixtures of leagues, like E0,E1", listFlag)
      .option("--season <years>", "with --league: seasons by start year", seasonsFlag)
      .option("--days <n>", "with --league: fixtures of the coming days (default: 7)", countFlag),
  );
}

function ranged(command: Command): Command {
  return command
    .option("--min-price <price>", "of the chosen prices only those from here on", numberFlag)
    .option("--max-price <price>", "of the chosen prices only those up to here", numberFlag);
}

function polls(command: Command, name: string, description: string): Command {
  return about(command, name, description)
    .option("--league <codes>", "only fixtures of these leagues", listFlag)
    .option("--days <n>", "fixtures of so many days", countFlag, 7)
    .option("--source <codes>", "only these sources", listFlag);
}

function pointFlag(text: string): PricePoint {
  const point = parsePricePoint(text);
  if (point === null)
    throw new StatisticoError(
      "usage",
      `a line is open, early, close, max or like asof:-60m, was "${text}"`,
      "--line close",
    );
  return point;
}
