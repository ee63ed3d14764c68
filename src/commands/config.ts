import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { nearest } from "../core/text.js";
import { present } from "../report/present.js";

const EXAMPLES = `Examples:
  statistico config list                             every setting and where it comes from
  statistico config get database
  statistico config path
`;

export const define: Define = (command, withApp) => {
  command.addHelpText("before", EXAMPLES);
  command
    .command("list")
    .description("every setting, its value and its origin")
    .action(withApp(async (app) => list(app)));
  command
    .command("get")
    .description("one setting")
    .argument("<key>", "the setting, like sources.football-data.leagues")
    .action(withApp(async (app, key: string) => get(app, key)));
  command
    .command("path")
    .description("the configuration file")
    .action(withApp(async (app) => path(app)));
};

function settings(app: App) {
  const fromFlag =
    app.options.db === undefined ? null : { key: "database", value: app.options.db, origin: "flag" };
  return [...app.config.settings].map(([key, { value, origin }]) =>
    fromFlag?.key === key ? fromFlag : { key, value, origin: origin as string },
  );
}

function list(app: App): void {
  const all = settings(app);
  present(app, {
    schema: "statistico/config@1",
    document: { path: app.config.path, exists: app.config.exists, settings: all },
    columns: [
      { key: "key", title: "setting" },
      { key: "value", title: "value" },
      { key: "origin", title: "from" },
    ],
    rows: all.map(({ key, value, origin }) => ({ key, value: shown(value), origin })),
  });
  app.console.say(app.config.exists ? app.config.path : "no statistico.yaml here: statistico init makes one");
}

function get(app: App, key: string): void {
  const all = settings(app);
  const found = all.find((setting) => setting.key === key);
  if (!found) {
    const meant = nearest(
      key,
      all.map((setting) => setting.key),
    )[0];
    throw new StatisticoError(
      "usage",
      `no setting called ${key}`,
      meant ? `statistico config get ${meant}` : "statistico config list",
    );
  }
  present(app, {
    schema: "statistico/setting@1",
    document: found,
    columns: [],
    rows: [],
    text: () => `${shown(found.value)}\n`,
  });
}

function path(app: App): void {
  const { path: file, exists } = app.config;
  present(app, {
    schema: "statistico/config-path@1",
    document: { path: file, exists },
    columns: [],
    rows: [],
    text: () => `${file}\n`,
  });
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(",") : String(value);
}
