import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { App } from "../../app.js";
import type { FeedSettings } from "../../config/sources.js";
import { DAY_MS, dayOfInstant } from "../../core/day.js";
import { StatisticoError } from "../../core/errors.js";
import { createRng } from "../../core/rng.js";
import { parseSeasons, type Season, seasonOfDay } from "../../domain/season.js";
import { readAhead } from "../../ingest/downloads.js";
import type { Input } from "../../ingest/inputs.js";
import { feedInputs } from "../../ingest/sources/feed-inputs.js";
import type { Credential } from "../../ingest/sources/http/credential.js";
import { readKey } from "../../ingest/sources/http/key-file.js";
import { createFetcher, type Fetcher, type FetcherOptions } from "../../ingest/sources/http.js";
import {
  type Asking,
  MINUTE_MS,
  MONTH_MS,
  type Source,
  type SourceRequest,
} from "../../ingest/sources/source.js";
import type { RequestLimit } from "../../warehouse/port.js";

/** A fetcher with this program's name, clock and patience. */
export function politeFetcher(
  app: App,
  told: Pick<FetcherOptions, "pauseMs"> & Partial<FetcherOptions>,
): Fetcher {
  return createFetcher({
    folder: app.archivePath,
    userAgent: `statistico/${app.version}`,
    clock: app.clock,
    random: createRng(app.clock.now()),
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
    onRetry: (url, reason, waitMs) =>
      app.console.detail(`${url}: ${reason}, trying again in ${(waitMs / 1000).toFixed(1)} s`),
    ...told,
  });
}

/** What is asked of a source under its settings; `leagues` and `seasons` of a flag beat those. */
export interface Asked {
  readonly leagues?: readonly string[] | undefined;
  readonly seasons?: readonly Season[] | undefined;
}

/** The requests of a source. Throws StatisticoError when it has nothing to say of what is asked. */
export function requestsOf(
  app: App,
  source: Source,
  settings: FeedSettings,
  asked: Asked,
): readonly SourceRequest[] {
  const asking = askingOf(source);
  const now = app.clock.now();
  const leagues = asked.leagues ?? settings.leagues ?? ["E0"];
  const seasons = asked.seasons ?? parseSeasons(settings.seasons ?? "") ?? [seasonOfDay(dayOfInstant(now))];
  const base = (settings.url ?? asking.url).replace(/\/+$/, "");
  const requests = asking.plan({ base, leagues, seasons, now });
  if (requests.length === 0)
    throw new StatisticoError(
      "usage",
      `${source.title} has none of the leagues, was ${leagues.join(", ")}`,
      `statistico ingest ${source.name} --help`,
    );
  return requests;
}

/** Answers read ahead of their turn. */
const AHEAD = 8;

/** The answers of a source as inputs. Throws StatisticoError when the key it needs cannot be had. */
export async function answersOf(
  app: App,
  source: Source,
  settings: FeedSettings,
  requests: readonly SourceRequest[],
): Promise<{ readonly inputs: Iterable<Input>; readonly count: number }> {
  const asking = askingOf(source);
  const warehouse = await app.warehouse("write");
  const limits = limitsOf(asking, settings);
  const fetcher = politeFetcher(app, {
    pauseMs: asking.pauseMs,
    headers: asking.headers,
    credential: credentialOf(app, source, asking, settings),
    spend: (cost) => warehouse.spendRequests({ source: source.name, at: app.clock.now(), cost, limits }),
  });
  const inputs = feedInputs(asking, requests, fetcher, app.archive());
  return { inputs: readAhead(inputs, asking.pauseMs > 500 ? 1 : AHEAD), count: requests.length };
}

function askingOf({ asking, name, title }: Source): Asking {
  if (asking) return asking;
  throw new StatisticoError(
    "usage",
    `${title} is read from files alone`,
    `statistico ingest ${name} --from PATH`,
  );
}

function credentialOf(
  app: App,
  source: Source,
  asking: Asking,
  settings: FeedSettings,
): Credential | undefined {
  if (asking.key === null) return undefined;
  const keyFile = settings.keyFile === undefined ? undefined : besideConfig(app, settings.keyFile);
  const secret = readKey(source.name, { keyFile, keyEnv: settings.keyEnv }, process.env);
  if (secret === null)
    throw new StatisticoError(
      "usage",
      `${source.title} wants a key: name its file or environment variable in ${app.config.path}, sources.${source.name}.keyFile or keyEnv`,
      `statistico ingest ${source.name} --help`,
    );
  return { place: asking.key, hosts: [new URL(settings.url ?? asking.url).host], secret };
}

/** A path of the configuration: ~ is the home folder, what is relative is so to the file it stands in. */
function besideConfig(app: App, path: string): string {
  if (path.startsWith("~/")) return join(homedir(), path.slice(2));
  return resolve(dirname(app.config.path), path);
}

/** The operator's limits beat the source's own of the same window. */
function limitsOf(asking: Asking, { perMinute, perDay, perMonth }: FeedSettings): readonly RequestLimit[] {
  const told: readonly RequestLimit[] = [
    [MINUTE_MS, perMinute] as const,
    [DAY_MS, perDay] as const,
    [MONTH_MS, perMonth] as const,
  ].flatMap(([windowMs, most]) => (most === undefined ? [] : [{ windowMs, most }]));
  const windows = new Set(told.map(({ windowMs }) => windowMs));
  return [...told, ...asking.limits.filter(({ windowMs }) => !windows.has(windowMs))];
}
