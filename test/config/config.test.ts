import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Config, loadConfig } from "../../src/config/config.js";
import { scratchFolder } from "../support/scratch.js";

const scratch = scratchFolder();

/** A folder with these files, and what its configuration comes to. */
function load(
  name: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  path?: string,
): Promise<Config> {
  mkdirSync(scratch(`${name}/home/.config/statistico`), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(scratch(`${name}/${file}`), text);
  const told = path === undefined ? undefined : scratch(`${name}/${path}`);
  return loadConfig(told, { HOME: scratch(`${name}/home`), ...env }, scratch(name));
}

const USER = "home/.config/statistico/statistico.yaml";

describe("a setting", () => {
  let ranks: readonly Config[];

  beforeAll(async () => {
    const [project, user] = [
      { "statistico.yaml": "database: project.db\n" },
      { [USER]: "database: user.db\ncommission: 0.05\n" },
    ];
    ranks = await Promise.all([
      load("none", {}),
      load("user", user),
      load("both", { ...project, ...user }),
      load("environment", { ...project, ...user }, { STATISTICO_DB: "environment.db" }),
      load("empty-environment", project, { STATISTICO_DB: "" }),
    ]);
  });

  it("comes from the strongest place that names it", () => {
    expect(ranks.map(({ database }) => database)).toEqual([
      { value: "data/statistico.db", origin: "default" },
      { value: "user.db", origin: "user file" },
      { value: "project.db", origin: "project file" },
      { value: "environment.db", origin: "environment" },
      { value: "project.db", origin: "project file" },
    ]);
  });

  it("leaves every other setting to the next place", () => {
    expect(ranks[2].settings.get("commission")).toEqual({ value: 0.05, origin: "user file" });
    expect(ranks[2].settings.get("sources.football-data.leagues")).toEqual({
      value: ["E0"],
      origin: "default",
    });
  });
});

describe("the configuration file", () => {
  it("is the one named, by flag before environment", async () => {
    const files = { "a.yaml": "database: a.db\n", "b.yaml": "database: b.db\n" };
    const byEnvironment = { STATISTICO_CONFIG: scratch("named/b.yaml") };
    expect((await load("named", files, byEnvironment)).database.value).toBe("b.db");
    expect((await load("named", files, byEnvironment, "a.yaml")).database.value).toBe("a.db");
  });

  it("is found in the XDG folder when that is set", async () => {
    mkdirSync(scratch("xdg/elsewhere/statistico"), { recursive: true });
    const files = {
      "elsewhere/statistico/statistico.yaml": "database: xdg.db\n",
      [USER]: "database: user.db\n",
    };
    const { database } = await load("xdg", files, { XDG_CONFIG_HOME: scratch("xdg/elsewhere") });
    expect(database.value).toBe("xdg.db");
  });

  it("must be there when it is named, and readable", async () => {
    await expect(load("gone", {}, {}, "gone.yaml")).rejects.toThrow(/no configuration file at .*gone\.yaml/);
    mkdirSync(scratch("folder/statistico.yaml"), { recursive: true });
    await expect(load("folder", {})).rejects.toThrow(/cannot read the configuration .*, was EISDIR/);
  });

  it("may be empty", async () => {
    const { exists, database } = await load("blank", { "statistico.yaml": "# nothing yet\n" });
    expect({ exists, origin: database.origin }).toEqual({ exists: true, origin: "default" });
  });
});
