import type { App } from "../../app.js";
import { surveyPolls } from "../../checker/survey.js";
import { formatInstant } from "../../core/day.js";
import { type Column, present } from "../../report/present.js";
import { checkerOf, type PollOptions, plannedRow } from "./checker.js";

const COLUMNS: readonly Column[] = [
  { key: "source", title: "source" },
  { key: "request", title: "request", keepsEnd: true },
  { key: "when", title: "when" },
  { key: "tier", title: "tier" },
  { key: "why", title: "why" },
  { key: "next", title: "next fixture" },
  { key: "kickOff", title: "kick-off (UTC)" },
  { key: "fixtures", title: "fixtures", align: "right" },
];

export async function plan(app: App, options: PollOptions): Promise<void> {
  const checker = await checkerOf(app, await app.warehouse("read"), options);
  const now = app.clock.now();
  const planned = await surveyPolls(checker);
  const rows = planned.map((poll) => plannedRow(poll, now));
  present(app, {
    schema: "statistico/odds-plan@1",
    document: { asOf: formatInstant(now), polls: rows },
    columns: rows.length > 0 ? COLUMNS : [],
    rows,
  });
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  app.console.say(
    rows.length === 0
      ? `nothing to ask for: no fixture of the coming ${options.days} days; statistico ingest fixtures`
      : `${rows.length} requests: ${count("due")} due, ${count("waiting")} waiting, ${count("budget")} kept back for want of budget`,
  );
}
