import { z } from "zod";
import { MARKETS } from "../domain/market.js";
import { parseSeasons } from "../domain/season.js";

const seasons = z
  .union([z.number(), z.string()])
  .transform((value) => String(value))
  .refine((value) => parseSeasons(value) !== null, "must name seasons like 2014, 2014,2016 or 2014..2024");
const url = z.url({ protocol: /^https?$/, error: "must be an http or https address" });
const leagues = z.array(z.string().min(2)).min(1);
const limit = z.number().int().min(1);

const footballData = z.strictObject({
  url: url.optional(),
  leagues: leagues.optional(),
  seasons: seasons.optional(),
  fixtures: z.boolean().optional(),
});

/** A source that is asked over the net, or read from the files named under `from`. */
const feed = z.strictObject({
  url: url.optional(),
  leagues: leagues.optional(),
  seasons: seasons.optional(),
  /** A file for the owner alone with the key in it, or the name of an environment variable. */
  keyFile: z.string().min(1).optional(),
  keyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable")
    .optional(),
  perMinute: limit.optional(),
  perDay: limit.optional(),
  perMonth: limit.optional(),
  from: z.array(z.string().min(1)).min(1).optional(),
  newClubs: z.boolean().optional(),
});

const price = z.strictObject({
  column: z.string().min(1),
  source: z.string().min(1).max(40),
  market: z.enum(MARKETS),
  runner: z.string().min(1).max(40),
  side: z.enum(["BACK", "LAY"]).optional(),
  line: z.number().min(-10).max(20).optional(),
  size: z.string().min(1).optional(),
  observed: z.string().min(1).optional(),
});

const column = z.string().min(1);

/** A file of any layout, described column by column. */
const mapped = z.strictObject({
  format: z.enum(["csv", "json"]),
  from: z.array(z.string().min(1)).min(1).optional(),
  items: column.optional(),
  league: z.union([
    z.string().min(2),
    z.strictObject({ column, codes: z.record(z.string(), z.string()).optional() }),
  ]),
  country: z.string().min(2).max(60).optional(),
  date: column,
  dateFormat: z.enum(["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "instant", "epoch"]),
  time: column.optional(),
  home: column,
  away: column,
  homeGoals: column.optional(),
  awayGoals: column.optional(),
  halfTimeHome: column.optional(),
  halfTimeAway: column.optional(),
  event: column.optional(),
  prices: z.array(price).max(200).optional(),
  newClubs: z.boolean().optional(),
});

const FEEDS = [
  "openfootball",
  "footballcsv",
  "engsoccerdata",
  "football-data.org",
  "api-football",
  "sportmonks",
  "the-odds-api",
  "pinnacle",
  "betfair-hub-csv",
  "understat",
  "clubelo",
] as const;

/** What statistico.yaml says under `sources`. */
export const sourcesSchema = z.strictObject({
  "football-data": footballData.optional(),
  ...(Object.fromEntries(FEEDS.map((name) => [name, feed.optional()])) as Record<
    (typeof FEEDS)[number],
    z.ZodOptional<typeof feed>
  >),
  mapped: z
    .record(z.string().regex(/^[a-z][a-z0-9.-]{1,30}$/, "must be a word like my-feed"), mapped)
    .optional(),
});

export type SourcesSettings = z.infer<typeof sourcesSchema>;
export type FeedSettings = z.infer<typeof feed>;
export type MappedSettings = z.infer<typeof mapped>;

/** Every word that may be written there: what a typo is compared with. */
export const SOURCE_KEYS: readonly string[] = [
  "football-data",
  ...FEEDS,
  "mapped",
  ...Object.keys(footballData.shape),
  ...Object.keys(feed.shape),
  ...Object.keys(mapped.shape),
  ...Object.keys(price.shape),
];
