import type { App } from "../../app.js";
import type { PlannedPoll } from "../../checker/plan.js";
import type { PollSource } from "../../checker/source.js";
import { footballDataSource } from "../../checker/sources/football-data.js";
import type { Checker } from "../../checker/survey.js";
import { DEFAULT_TIERS } from "../../checker/tier.js";
import { formatInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { nearest } from "../../core/text.js";
import { BUILT_IN_ALIASES, readAliases } from "../../ingest/aliases.js";
import type { Warehouse } from "../../warehouse/port.js";
import { politeFetcher } from "../ingest/fetching.js";
import { requireLeagues } from "../shared/flags.js";
import { fixtureRow } from "../shared/rows.js";
import { configuredFeeds } from "./feed-source.js";

export interface PollOptions {
  readonly league?: string[];
  readonly days: number;
  readonly source?: string[];
}

const PAUSE_MS = 700;

export async function checkerOf(
  app: App,
  warehouse: Warehouse,
  { league, days, source }: PollOptions,
): Promise<Checker> {
  await requireLeagues(warehouse, league);
  const sources = chosen(sourcesOf(app, warehouse), source);
  return { warehouse, sources, clock: app.clock, tiers: DEFAULT_TIERS, leagues: league, days };
}

function sourcesOf(app: App, warehouse: Warehouse): readonly PollSource[] {
  const archive = app.archive();
  const aliases = [...BUILT_IN_ALIASES, ...readAliases(app.aliasesPath)];
  const context = { warehouse, archive, aliases, clock: app.clock };
  const base = String(app.config.settings.get("sources.football-data.url")?.value);
  const fetcher = politeFetcher(app, { pauseMs: PAUSE_MS });
  return [footballDataSource(base, fetcher, context), ...configuredFeeds(app, context)];
}

function chosen(
  sources: readonly PollSource[],
  wanted: readonly string[] | undefined,
): readonly PollSource[] {
  if (!wanted) return sources;
  const codes = sources.map(({ code }) => code);
  const wrong = wanted.find((code) => !codes.includes(code));
  if (wrong !== undefined)
    throw new StatisticoError(
      "usage",
      `no such source of live prices, was ${wrong}`,
      `--source ${nearest(wrong, codes)[0] ?? codes.join(",")}`,
    );
  return sources.filter(({ code }) => wanted.includes(code));
}

/** A planned request as the commands print it. */
export function plannedRow(poll: PlannedPoll, now: number) {
  const { source, request, fixtures, at, tier, because, lastPoll, failures, state } = poll;
  return {
    source,
    request,
    state,
    at: formatInstant(at),
    when: state === "waiting" ? `in ${spanText(at - now)}` : state === "due" ? "now" : "no budget",
    tier: tier.name,
    everySeconds: tier.everyMs / 1000,
    why: whyText(poll, now),
    next: `${because.home.name} - ${because.away.name}`,
    kickOff: fixtureRow(because).kickOff,
    fixtureId: because.id,
    fixtures: fixtures.length,
    lastPoll: lastPoll === null ? null : formatInstant(lastPoll),
    failures,
  };
}

function whyText({ because, tier, failures, lastPoll }: PlannedPoll, now: number): string {
  const left = because.kickOff - now;
  const start = left >= 0 ? `kick-off in ${spanText(left)}` : `should have begun ${spanText(-left)} ago`;
  if (lastPoll === null) return `${start}, never asked`;
  return `${start}: every ${spanText(tier.everyMs)}${failures > 0 ? `, failed ${failures} times` : ""}`;
}

/** "30 s", "10 min", "6 h", "3 d". */
export function spanText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
