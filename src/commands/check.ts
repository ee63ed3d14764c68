import type { App, Define } from "../app.js";
import { probeLookAhead } from "../backtest/probe/probe.js";
import { probeSelfTest } from "../backtest/probe/self-test.js";
import { FORECASTERS } from "../compiler/forecasters.js";
import { formatInstant } from "../core/day.js";
import { StatisticoError } from "../core/errors.js";
import { sha256Of } from "../ingest/archive.js";
import { type Column, present } from "../report/present.js";
import { describeStrategy } from "../strategy/describe.js";
import { strategyDocument } from "../strategy/document.js";
import { countFlag } from "./shared/flags.js";
import { loadCode } from "./shared/strategy-code.js";
import { readFiledStrategy, readStrategies } from "./shared/strategy-file.js";

const EXAMPLES = `Examples:
  statistico check strategies/value.yaml             errors with line and column, then the strategy in words
  statistico check strategies/                       every strategy of a folder
  statistico check strategies/value.yaml --json
  statistico check strategies/value.yaml --probe     nothing that came after a decision may have changed it
  statistico check --self-test                       caught=5/5 false=0/5
`;

export const define: Define = (command, withApp) => {
  command
    .argument("[file]", "a strategy, YAML, or a folder of them; - for standard input")
    .addHelpText("before", EXAMPLES)
    .option("--probe", "look for knowledge of the future: scramble what comes after a decision, decide again")
    .option("--decisions <n>", "decisions that --probe and --self-test look at", countFlag)
    .option("--seed <n>", "of their choice", countFlag, 1)
    .option("--self-test", "probe planted leaks and clean strategies on a made-up league")
    .option("--allow-code", "run the code that a probed strategy names, with all rights of this program")
    .action(withApp(run));
};

interface Options {
  readonly probe?: boolean;
  readonly decisions?: number;
  readonly seed: number;
  readonly selfTest?: boolean;
  readonly allowCode?: boolean;
}

async function run(app: App, file: string | undefined, options: Options): Promise<void> {
  if (options.selfTest) return selfTest(app, options);
  if (file === undefined)
    throw new StatisticoError("usage", "check wants a strategy", "statistico check strategies/value.yaml");
  if (options.probe) return probe(app, file, options);
  check(app, file);
}

const DECISIONS = 50;
const SELF_TEST_DECISIONS = 10;

async function probe(
  app: App,
  file: string,
  { decisions = DECISIONS, seed, allowCode }: Options,
): Promise<void> {
  const { strategy, picker } = await loadCode(readFiledStrategy(file), allowCode === true);
  const source = await app.warehouse("read");
  const progress = app.console.progress("probe", decisions);
  const report = await probeLookAhead(
    { source, strategy, models: async () => FORECASTERS, hash: sha256Of, picker },
    { decisions, seed, onDecision: (done) => progress.update(done, "decisions") },
  );
  progress.stop();
  present(app, {
    schema: "statistico/probe@1",
    document: { file, ok: report.leaks.length === 0, seed, ...report },
    columns: LEAK_COLUMNS,
    rows: report.leaks.map((leak) => ({ ...leak, asOf: formatInstant(leak.asOf) })),
  });
  app.console.say(
    `${report.decisions} cuts, ${report.compared} decisions decided again: ${report.leaks.length} cuts with a changed decision`,
  );
  if (report.leaks.length > 0)
    throw new StatisticoError(
      "failed",
      `decisions of ${strategy.name} depend on what came after them, was ${report.leaks.length} of ${report.decisions}`,
      `statistico check ${file} --probe --json`,
    );
}

const LEAK_COLUMNS: readonly Column[] = [
  { key: "league", title: "league" },
  { key: "day", title: "day" },
  { key: "fixture", title: "fixture" },
  { key: "asOf", title: "cut at (UTC)" },
  { key: "text", title: "what changed" },
];

async function selfTest(app: App, { decisions = SELF_TEST_DECISIONS, seed }: Options): Promise<void> {
  const { leaking, clean, caught, accused } = await probeSelfTest(sha256Of, seed, decisions);
  const ok = caught === leaking.length && accused === 0;
  present(app, {
    schema: "statistico/probe-self-test@1",
    document: { ok, seed, caught, accused, leaking, clean },
    columns: [],
    rows: [],
    text: () => `caught=${caught}/${leaking.length} false=${accused}/${clean.length}\n`,
  });
  if (!ok)
    throw new StatisticoError(
      "failed",
      "the probe failed its own test",
      "statistico check --self-test --json",
    );
}

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
