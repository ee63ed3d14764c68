import type { Command, Help, HelpConfiguration, Option } from "commander";

/** Heading of the flags that every command takes. */
export const EVERYWHERE = "Everywhere:";

const WIDEST = 100;
const FOOT = `
Every command also takes --db, --config, --json, --jsonl, --csv, --md, --raw, -o, -q, -v, --debug,
--no-color and --no-input: statistico --help says what they do.
`;

/**
 * How help reads: examples, usage, what the command adds, and one line for the flags that all share. They are spelt
 * out, after the commands, by `statistico --help` alone; `brief` leaves them to that line there too.
 */
export function helpPage(program: Command, columns: number | undefined, brief: boolean): HelpConfiguration {
  const plain = program.createHelp();
  return {
    helpWidth: Math.min(columns || WIDEST, WIDEST),
    showGlobalOptions: false,
    visibleOptions: (command: Command): Option[] =>
      plain.visibleOptions(command).filter((option) => isExplained(option, command, brief)),
    formatHelp: (command: Command, help: Help): string => {
      const page = plain.formatHelp.call(help, command, help);
      return command.parent ? page + FOOT : flagsLast(page) + (brief ? FOOT : "");
    },
  };
}

function isExplained({ helpGroupHeading }: Option, command: Command, brief: boolean): boolean {
  return command.parent ? helpGroupHeading !== EVERYWHERE : !brief;
}

function flagsLast(page: string): string {
  const parts = page.trimEnd().split("\n\n");
  const isFlags = (part: string): boolean => /^(Options|Everywhere):/.test(part);
  return `${[...parts.filter((part) => !isFlags(part)), ...parts.filter(isFlags)].join("\n\n")}\n`;
}
