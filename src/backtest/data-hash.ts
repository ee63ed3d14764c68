import type { Fixture } from "../domain/fixture.js";
import type { PriceSnapshot } from "../domain/price.js";
import type { MarketView } from "../models/forecaster.js";
import type { Inputs } from "./inputs.js";
import { type KnownResult, knownResults } from "./known-result.js";

/** A digest of a text, given by the edge: this room has no cryptography of its own. */
export type Hash = (text: string) => string;

/**
 * Hash of everything a backtest read: fixtures, every revision of their results, statistics, prices and past markets, in
 * kick-off order and by natural keys, so that it does not depend on the ids of one database.
 */
export function dataHash(inputs: Inputs, hash: Hash): string {
  const results = knownResults(inputs.matches, inputs.revisions);
  const chunks: string[] = [];
  let lines: string[] = [];
  for (const fixture of inputs.fixtures) {
    lines.push(fixtureText(fixture), resultText(results.get(fixture.id)), statisticsText(inputs, fixture.id));
    lines.push(priceText(inputs.prices.get(fixture.id)), marketText(inputs.learned.get(fixture.id)));
    if (lines.length >= CHUNK_LINES) {
      chunks.push(hash(lines.join("\n")));
      lines = [];
    }
  }
  return hash(
    [...chunks, hash(lines.join("\n")), ...neighbourTexts(inputs, hash), ...moveTexts(inputs, hash)].join(
      "\n",
    ),
  );
}

/** Of the clubs of the divisions around, by how many of each are the league's own in which season: ids are not hashed. */
function neighbourTexts({ neighbours, divisions }: Inputs, hash: Hash): string[] {
  const [own] = divisions;
  if (!own) return [];
  return neighbours.map(({ league, tier, clubs }) => {
    const seasons = [...clubs].map(([season, ids]) => {
      const shared = [...own.clubs].map(
        ([year, known]) => `${year}:${[...ids].filter((id) => known.has(id)).length}`,
      );
      return `${season} ${ids.size} ${shared.join(" ")}`;
    });
    return hash(`${league} ${tier}\n${seasons.join("\n")}`);
  });
}

/** By place in the list of fixtures; nothing where none was moved. */
function moveTexts({ moves, fixtures }: Inputs, hash: Hash): string[] {
  if (moves.length === 0) return [];
  const places = new Map(fixtures.map(({ id }, place) => [id, place]));
  return [
    hash(moves.map(({ fixtureId, day, knownAt }) => `${places.get(fixtureId)} ${day} ${knownAt}`).join("\n")),
  ];
}

/** Keeps the texts that are hashed at a few hundred kilobytes. */
const CHUNK_LINES = 2000;

function fixtureText({ league, season, day, kickOff, home, away, neutral }: Fixture): string {
  return `${league} ${season} ${day} ${kickOff} ${home.name} - ${away.name}${neutral ? " neutral" : ""}`;
}

function resultText(known: KnownResult | undefined): string {
  return (known?.revisions ?? [])
    .map(({ revision, homeGoals, awayGoals, knownAt }) => `${revision} ${homeGoals}-${awayGoals} ${knownAt}`)
    .join(";");
}

function statisticsText({ statistics }: Inputs, fixtureId: number): string {
  const counts = statistics.get(fixtureId);
  return counts ? `${Object.values(counts.home).join(" ")};${Object.values(counts.away).join(" ")}` : "";
}

function marketText(market: MarketView | undefined): string {
  return market ? `${market.home} ${market.draw} ${market.away} ${market.over25}` : "";
}

function priceText(prices: readonly PriceSnapshot[] = []): string {
  let text = "";
  for (const { source, market, runner, line, side, moment, price, size, observedAt } of prices)
    text += `${source} ${market} ${runner} ${line} ${side} ${moment} ${price} ${size} ${observedAt};`;
  return text;
}
