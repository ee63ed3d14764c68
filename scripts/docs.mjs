// docs/commands.md is what the commands say of themselves. `npm run docs` writes it; `npm run docs:check` fails when
// it has drifted, when a link in a page leads nowhere, or when a page shows a command that does not exist.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const check = process.argv.includes("--check");
const PAGE = "docs/commands.md";
const AT_ONCE = 4;

const top = await helpOf([]);
const verbs = commandsIn(top).filter((name) => name !== "help");
const nested = await inTurns(verbs, async (verb) => {
  const text = await helpOf([verb]);
  const inner = commandsIn(text).filter((name) => name !== "help");
  const pages = await inTurns(inner, async (name) => [[verb, name], await helpOf([verb, name])]);
  return [[[verb], text], ...pages];
});
const topics = await inTurns(["exit-codes", "environment"], async (topic) => [
  topic,
  await run(["help", topic]),
]);

const page = [
  "# Commands\n",
  "What each command says with `--help`; written by `npm run docs`.\n",
  section("statistico", top, 2),
  ...nested.flat().map(([words, text]) => section(`statistico ${words.join(" ")}`, text, words.length + 1)),
  ...topics.map(([topic, text]) => section(`statistico help ${topic}`, text, 2)),
].join("\n");

const problems = [...brokenLinks(), ...unknownCommands(verbs)];
if (!check) writeFileSync(PAGE, page);
else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== page)
  problems.push(`${PAGE} is not what the commands say now: npm run docs`);
for (const problem of problems) console.error(problem);
console.log(`${nested.flat().length} commands, ${pages().length} pages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function section(title, text, depth) {
  return `${"#".repeat(depth)} ${title}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}

function helpOf(words) {
  return run([...words, "--help"]);
}

function run(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["bin/statistico", ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.on("close", (code) =>
      code === 0
        ? resolve(Buffer.concat(chunks).toString())
        : reject(new Error(`statistico ${words.join(" ")} ended with ${code}`)),
    );
  });
}

/** Names below a heading that ends in a colon, as commander lists commands: two spaces, a word, more. */
function commandsIn(text) {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.startsWith("Usage:"));
  const names = [];
  let inCommands = false;
  for (const line of lines.slice(first + 1)) {
    if (/^\S.*:$/.test(line)) inCommands = !/^(Options|Everywhere|Arguments):$/.test(line);
    else if (line === "") inCommands = false;
    const name = /^ {2}([a-z][a-z-]*)(?= |$)/.exec(line)?.[1];
    if (inCommands && name) names.push(name);
  }
  return names;
}

/** A few at a time: each is a process. */
async function inTurns(items, work) {
  const done = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return done;
}

function pages() {
  const docs = readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name));
  return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", ...docs].filter((path) =>
    existsSync(path),
  );
}

function brokenLinks() {
  return pages().flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .filter(([, target]) => !existsSync(join(dirname(path), target)))
      .map(([, target]) => `${path}: link to ${target} leads nowhere`),
  );
}

/** Every line of a fenced block that begins with statistico, perhaps after a prompt. */
function unknownCommands(known) {
  return pages().flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/^```[\s\S]*?^```/gm)]
      .flatMap(([block]) => [...block.matchAll(/^\s*(?:\$ )?statistico ([a-z][a-z-]*)/gm)])
      .filter(([, verb]) => ![...known, "help"].includes(verb))
      .map(([, verb]) => `${path}: no command called ${verb}`),
  );
}
