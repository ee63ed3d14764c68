import type { App } from "../../app.js";
import { StatisticoError } from "../../core/errors.js";
import type { Season } from "../../domain/season.js";
import { type RatingAlgorithmName, rate } from "../../ratings/registry.js";
import type { Frame } from "../../research/frame.js";
import { betsFrame, pricesFrame, queryFrame, ratingsFrame } from "../../research/sources.js";
import type { Warehouse } from "../../warehouse/port.js";
import { requireLeagues } from "./flags.js";

/** Where the rows of `research` come from: exactly one of `sql`, `bets`, `ratings`, `prices`. */
export interface FrameRequest {
  readonly sql?: string;
  readonly bets?: number;
  readonly ratings?: string[];
  readonly prices?: string[];
  readonly season?: Season[];
  readonly algorithm: RatingAlgorithmName;
  readonly limit: number;
}

const QUERY_TIMEOUT_MS = 60_000;

/** The rows that were asked for. Says when --limit left some out. */
export async function loadFrame(app: App, request: FrameRequest): Promise<Frame> {
  const { sql, bets, ratings, prices } = request;
  if ([sql, bets, ratings, prices].filter((source) => source !== undefined).length !== 1)
    throw new StatisticoError(
      "usage",
      "name one of --sql, --bets, --ratings and --prices",
      "statistico research --bets 1 --describe",
    );
  const warehouse = await app.warehouse("read");
  if (sql !== undefined) return ofQuery(app, warehouse, sql, request);
  if (bets !== undefined) return ofBets(warehouse, bets);
  return ratings ? ofRatings(warehouse, ratings, request) : ofPrices(app, warehouse, prices ?? [], request);
}

async function ofQuery(app: App, warehouse: Warehouse, sql: string, { limit }: FrameRequest): Promise<Frame> {
  const answer = await warehouse.query(sql, { limit, timeoutMs: QUERY_TIMEOUT_MS });
  if (answer.truncated) app.console.warn(`only the first ${limit} rows: --limit`);
  return queryFrame(answer);
}

async function ofBets(warehouse: Warehouse, id: number): Promise<Frame> {
  const [run] = await warehouse.runs({ id, command: "backtest", limit: 1, whole: true });
  if (!run) throw new StatisticoError("data", `no run ${id}`, "statistico report --list");
  const { bets } = JSON.parse(run.detail) as {
    readonly bets: readonly Readonly<Record<string, string | number | null>>[];
  };
  return betsFrame(bets);
}

async function ofRatings(
  warehouse: Warehouse,
  leagues: string[],
  { season, algorithm }: FrameRequest,
): Promise<Frame> {
  await requireLeagues(warehouse, leagues);
  const matches = await warehouse.matches({ leagues });
  const wanted = matches.filter(({ fixture }) => season === undefined || season.includes(fixture.season));
  return ratingsFrame(wanted, rate(algorithm, matches));
}

async function ofPrices(
  app: App,
  warehouse: Warehouse,
  leagues: string[],
  { season, limit }: FrameRequest,
): Promise<Frame> {
  await requireLeagues(warehouse, leagues);
  const prices = await warehouse.prices({ leagues, seasons: season, limit });
  if (prices.length >= limit) app.console.warn(`only the first ${limit} prices: --limit, --season`);
  return pricesFrame(await warehouse.fixtures({ leagues, seasons: season }), prices);
}
