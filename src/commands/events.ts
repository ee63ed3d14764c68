import type { Command } from "commander";
import type { Define } from "../app.js";
import { EVENT_TYPES, type EventType } from "../bus/event-type.js";
import { consumers } from "./events/consumers.js";
import { exportEvents } from "./events/export.js";
import { schema } from "./events/schema.js";
import { tail } from "./events/tail.js";
import { choiceFlag, countFlag, listFlag } from "./shared/flags.js";

const EXAMPLES = `Examples:
  statistico events tail                                    the last 20 things that happened
  statistico events tail --follow --type prices.stored --jsonl
  statistico events tail --consumer relay --jsonl | relay   everything since last time, at least once
  statistico events consumers                               who has read how far
  statistico events export --public --out feed              files for others, only what anybody may see
  statistico events schema prices.stored                    the JSON Schema of a type

Types: ${EVENT_TYPES.join(", ")}.
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  chosen(command.command("tail").description("what happened, oldest first"))
    .option("--after <id>", "events after this one (default: the last 20)", countFlag)
    .option("--limit <n>", "at most so many", countFlag)
    .option("--follow", "go on: print events as they happen, until stopped")
    .option(
      "--consumer <name>",
      "everything this reader has not seen; it counts as seen when it is written out",
    )
    .action(withApp(tail));
  command
    .command("consumers")
    .description("readers of the outbox and how far they are")
    .option("--reset <name>", "let a reader begin again")
    .option("--to <id>", "with --reset: after this event (default: at the first)", countFlag)
    .option("--forget <name>", "take a reader off the list")
    .action(withApp(consumers));
  chosen(
    command
      .command("export")
      .description("events in files of JSON lines, which can be written again and again"),
  )
    .option("--public", "only the types and fields that anybody may see")
    .option("--out <folder>", "folder of the files, one for each 1,000 events")
    .option("--consumer <name>", "begin where this reader ended", "export")
    .option("--all", "write every file again")
    .action(withApp(exportEvents));
  command
    .command("schema")
    .description("the JSON Schema of a type of event; all of them into a folder")
    .argument("[type]", "the type", choiceFlag<EventType>("the type", EVENT_TYPES))
    .option("--out <folder>", "write a file for each type")
    .action(withApp(schema));
};

function chosen(command: Command): Command {
  return command
    .option("--type <types>", "only these types, like prices.stored,result.stored", typesFlag)
    .option("--league <codes>", "only events of these leagues", listFlag);
}

function typesFlag(text: string): EventType[] {
  return listFlag(text).map(choiceFlag<EventType>("--type", EVENT_TYPES));
}
