import type { App } from "../../app.js";
import type { Budget, PollSource } from "../../checker/source.js";
import { ingestedOutcome } from "../../checker/sources/ingested.js";
import type { FeedSettings } from "../../config/sources.js";
import { DAY_MS, dayOfInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { seasonOfDay } from "../../domain/season.js";
import { type IngestContext, ingestFiles } from "../../ingest/ingest.js";
import { readerOf } from "../../ingest/readers.js";
import { FEEDS } from "../../ingest/sources/feeds.js";
import type { Asking, Source, SourceRequest } from "../../ingest/sources/source.js";
import { answersOf } from "../ingest/fetching.js";

/** Live sources ask their own servers for their own current prices: more than this often is no news. */
const REST_MS = 30_000;

/** The sources of statistico.yaml that have current prices and are asked over the net. */
export function configuredFeeds(app: App, context: IngestContext): readonly PollSource[] {
  const settings: Readonly<Record<string, FeedSettings | undefined>> = app.config.sources as Readonly<
    Record<string, FeedSettings | undefined>
  >;
  return FEEDS.flatMap((source) => {
    const told = settings[source.name];
    if (!told || !source.asking || !source.brings.includes("odds")) return [];
    return [feedSource(app, source, source.asking, told, context)];
  });
}

/** A request a league; what it costs counts against the source's limits as every request does. */
function feedSource(
  app: App,
  source: Source,
  asking: Asking,
  settings: FeedSettings,
  context: IngestContext,
): PollSource {
  const requests = (league: string): readonly SourceRequest[] => oddsRequests(app, asking, settings, league);
  return {
    code: source.name,
    budget: budgetOf(asking, requests("E0")),
    restMs: REST_MS,
    concurrency: 1,
    requestOf: ({ league }) => {
      if (settings.leagues && !settings.leagues.includes(league)) return null;
      return requests(league).length > 0 ? league : null;
    },
    poll: async (league, signal) => {
      const reader = readerOf(source.name);
      if (reader === null)
        throw new StatisticoError("failed", `nothing reads ${source.name}`, "statistico ingest --help");
      const { inputs } = await answersOf(app, source, settings, requests(league));
      return ingestedOutcome(
        await ingestFiles(inputs, { newClubs: settings.newClubs }, { ...context, reader, signal }),
      );
    },
  };
}

/** What a source would ask for a league's current prices, of all that it asks. */
function oddsRequests(
  app: App,
  asking: Asking,
  settings: FeedSettings,
  league: string,
): readonly SourceRequest[] {
  const now = app.clock.now();
  const base = (settings.url ?? asking.url).replace(/\/+$/, "");
  const seasons = [seasonOfDay(dayOfInstant(now))];
  const all = asking.plan({ base, leagues: [league], seasons, now });
  return all.filter(({ about, url }) => /odds/.test(`${about} ${url}`));
}

const WEEK_MS = 7 * DAY_MS;

/**
 * The limit of the longest window, in polls. One of a month is dealt out by the week: football comes weekly, and a
 * month's budget would be gone after its first Saturday. Every limit is kept by whoever sends, too.
 */
function budgetOf({ limits }: Asking, requests: readonly SourceRequest[]): Budget | null {
  const cost = Math.max(
    1,
    requests.reduce((sum, request) => sum + request.cost, 0),
  );
  const longest = [...limits].sort((a, b) => b.windowMs - a.windowMs)[0];
  if (!longest) return null;
  const perMs = Math.min(longest.windowMs, WEEK_MS);
  return { requests: Math.max(1, Math.floor((longest.most * perMs) / longest.windowMs / cost)), perMs };
}
