import type { App, Define } from "../app.js";
import { present } from "../report/present.js";
import { describeStrategy } from "../strategy/describe.js";
import { strategyDocument } from "../strategy/document.js";
import { readStrategy } from "./shared/strategy-file.js";

const EXAMPLES = `Examples:
  statistico check strategies/value.yaml             errors with line and column, then the strategy in words
  statistico check strategies/value.yaml --json
`;

export const define: Define = (command, withApp) => {
  command
    .argument("<file>", "the strategy, YAML; - for standard input")
    .addHelpText("before", EXAMPLES)
    .action(withApp(async (app, file: string) => check(app, file)));
};

function check(app: App, file: string): void {
  const strategy = readStrategy(file);
  const words = describeStrategy(strategy);
  present(app, {
    schema: "statistico/check@1",
    document: { file, ok: true, strategy: strategyDocument(strategy), words: words.split("\n") },
    columns: [],
    rows: [],
    text: () => `${words}\n`,
  });
  app.console.say(`${file} is in order`);
}
