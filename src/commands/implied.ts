import type { App, Define } from "../app.js";
import { MARGIN_METHODS, parseMarginMethod } from "../compiler/margin/method.js";
import { type Fair, removeMarginEveryWay } from "../compiler/margin/remove.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { present } from "../report/present.js";
import { countFlag, numbersFlag } from "./shared/flags.js";

interface Options {
  readonly prices: number[];
  readonly method: string;
  readonly winners: number;
}

const EXAMPLES = `Examples:
  statistico implied --prices 2.10,3.40,3.60
  statistico implied --prices 1.22,4.15 --method shin --json
  statistico implied --prices 3.5,4,4.5,6,9,11 --winners 3    a top-three market

Methods: ${MARGIN_METHODS.join(", ")}
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption("--prices <list>", "decimal prices of all runners", numbersFlag)
    .option("--method <name>", "all, or one of the methods above", "all")
    .option("--winners <n>", "how many runners win", countFlag, 1)
    .action(withApp(async (app, options: Options) => implied(app, options)));
};

function implied(app: App, { prices, method, winners }: Options): void {
  const wanted = method === "all" ? [...MARGIN_METHODS] : [checkedMethod(method)];
  const answers = [...removeMarginEveryWay(prices, winners)].filter(([name]) => wanted.includes(name));
  const invalid = answers.map(([, fair]) => fair).find((fair) => fair.kind === "invalid");
  if (invalid?.kind === "invalid")
    throw new StatisticoError("usage", invalid.reason, "statistico implied --prices 2.10,3.40,3.60");
  const overround = prices.reduce((sum, price) => sum + 1 / price, 0) - winners;
  const methods = Object.fromEntries(answers.map(([name, fair]) => [name, methodDocument(fair)]));
  const rows = answers.map(([name, fair]) => ({ method: name, ...methodRow(fair) }));
  present(app, {
    schema: "statistico/implied@1",
    document: { prices, winners, overround, underround: overround < 0, methods },
    columns: [
      { key: "method", title: "method" },
      ...prices.map((price, index) => ({ key: `p${index}`, title: String(price), digits: 4 })),
      { key: "parameter", title: "parameter", digits: 5 },
      { key: "note", title: "" },
    ],
    rows,
  });
  app.console.say(
    `overround ${(100 * overround).toFixed(2)}%${overround < 0 ? ": the book pays out more than it takes" : ""}`,
  );
}

function checkedMethod(text: string) {
  const method = parseMarginMethod(text);
  if (method) return method;
  const meant = nearest(text, MARGIN_METHODS)[0];
  throw new StatisticoError(
    "usage",
    `no such method, was ${text}`,
    meant ? `--method ${meant}` : `--method ${MARGIN_METHODS[2]}`,
  );
}

function methodDocument(fair: Fair) {
  if (fair.kind === "invalid") return { probabilities: null, parameter: null, problematic: true };
  const { probabilities, parameter, parameterName, problematic } = fair;
  return { probabilities, parameter, parameterName, problematic };
}

function methodRow(fair: Fair) {
  if (fair.kind === "invalid") return { note: fair.reason };
  const cells = Object.fromEntries((fair.probabilities ?? []).map((p, index) => [`p${index}`, p]));
  return { ...cells, parameter: fair.parameter, note: fair.problematic ? "problematic" : "" };
}
