import type { Argument, Command, CommanderError, Option } from "commander";
import { isStatisticoError, StatisticoError } from "../../core/errors.js";
import { nearest } from "../../core/text.js";

/** What commander says of a wrong command line, in the form every other error has: what, and what to type instead. */
export function usageError({ code, message }: CommanderError, program: Command): StatisticoError {
  const command = typedCommand(program);
  const [, meant] = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message) ?? [];
  const said = message.replace(/^error: /, "").replace(/\n[\s\S]*$/, "");
  if (code === "commander.unknownCommand") return noCommand(command.args[0], command);
  if (code === "commander.excessArguments" && command.commands.length > 0)
    return noCommand(command.args[0], command);
  if (code === "commander.excessArguments")
    return new StatisticoError(
      "usage",
      `${pathOf(command)} takes no such word, was "${command.args[command.registeredArguments.length]}"`,
      helpOf(command),
    );
  return new StatisticoError(
    "usage",
    said,
    meant ? `did you mean ${meant}? ${helpOf(command)}` : helpOf(command),
  );
}

function noCommand(name: string, command: Command): StatisticoError {
  const names = command.commands.map((inner) => inner.name());
  const begun = names.filter((known) => known.startsWith(name));
  const meant = [...new Set([...nearest(name, names), ...begun])];
  const [first] = meant;
  return new StatisticoError(
    "usage",
    command.parent ? `${pathOf(command)} has no command ${name}` : `no command called ${name}`,
    first === undefined
      ? helpOf(command)
      : `did you mean ${meant.join(" or ")}? ${pathOf(command)} ${first} --help`,
  );
}

/** The command that was being read when the error came: as deep as the words typed lead. */
function typedCommand(command: Command): Command {
  const inner = command.commands.find((known) => known.name() === command.args[0]);
  return inner ? typedCommand(inner) : command;
}

/** "statistico ingest football-data". */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function helpOf(command: Command): string {
  return `${pathOf(command)} --help`;
}

/** Let errors of flag and operand values name their flag, and their hints be commands that can be run. */
export function nameValues(command: Command): void {
  for (const option of command.options) nameValue(option, option.long ?? option.flags, command);
  for (const argument of command.registeredArguments) nameValue(argument, `<${argument.name()}>`, command);
  for (const inner of command.commands) nameValues(inner);
}

function nameValue(taker: Option | Argument, name: string, command: Command): void {
  const parse = taker.parseArg;
  if (!parse) return;
  taker.parseArg = <T>(text: string, previous: T): T => {
    try {
      return parse(text, previous);
    } catch (error) {
      throw isStatisticoError(error) ? named(error, name, command) : error;
    }
  };
}

function named({ kind, message, hint }: StatisticoError, name: string, command: Command): StatisticoError {
  const example = /^--\S+ (\S+)$/.exec(hint)?.[1];
  return new StatisticoError(
    kind,
    message.startsWith(name) ? message : `${name}: ${message}`,
    example ? `${pathOf(command)} ${name.startsWith("--") ? `${name} ` : ""}${example}` : hint,
  );
}
