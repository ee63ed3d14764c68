import type { App, Define } from "../app.js";
import { present } from "../report/present.js";
import { describeStrategy } from "../strategy/describe.js";
import { strategyDocument } from "../strategy/document.js";
import { readFiledStrategy, readStrategies } from "./shared/strategy-file.js";

const EXAMPLES = `Examples:
  statistico check strategies/value.yaml             errors with line and column, then the strategy in words
  statistico check strategies/                       every strategy of a folder
  statistico check strategies/value.yaml --json
`;

export const define: Define = (command, withApp) => {
  command
    .argument("<file>", "a strategy, YAML, or a folder of them; - for standard input")
    .addHelpText("before", EXAMPLES)
    .action(withApp(async (app, file: string) => check(app, file)));
};

function check(app: App, file: string): void {
  const read = file.includes("#") ? [readFiledStrategy(file)] : readStrategies(file);
  const checked = read.map((each) => ({
    file: each.file,
    strategy: strategyDocument(each.strategy),
    words: describeStrategy(each.strategy),
  }));
  const [first] = checked;
  present(app, {
    schema: "statistico/check@1",
    document: {
      file,
      ok: true,
      strategy: first.strategy,
      words: first.words.split("\n"),
      ...(checked.length > 1
        ? { strategies: checked.map((each) => ({ ...each, words: each.words.split("\n") })) }
        : {}),
    },
    columns: [],
    rows: [],
    text: () => `${checked.map(({ words }) => words).join("\n\n")}\n`,
  });
  app.console.say(checked.length > 1 ? `${checked.length} strategies are in order` : `${file} is in order`);
}
