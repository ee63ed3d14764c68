import type { Tally } from "../sweep/tally.js";
import type { LeanPlay } from "./play.js";
import { type LeanTable, OUTCOMES } from "./table.js";

const WON = OUTCOMES.indexOf("won");
const LOST = OUTCOMES.indexOf("lost");

/** What a play on a table adds up to, bets in the order in which they were struck. */
export function leanTally(
  table: LeanTable,
  { bets, rows: struck, stakeMinor, profitMinor }: LeanPlay,
): Tally {
  const { rows, sights } = table;
  const dayStakedMinor = new Float64Array(table.matchDays);
  const dayProfitMinor = new Float64Array(table.matchDays);
  let won = 0;
  let judged = 0;
  let closingValue = 0;
  for (let bet = 0; bet < bets; bet++) {
    const row = struck[bet];
    if (rows.outcome[row] === (rows.lay[row] === 1 ? LOST : WON)) won++;
    if (Number.isNaN(rows.closingValue[row])) continue;
    judged++;
    closingValue += rows.closingValue[row];
  }
  for (let sight = 0; sight < sights.day.length; sight++) {
    const day = sights.day[sight];
    dayProfitMinor[day] += profitMinor[sight];
    for (let row = sights.rows[sight]; row < sights.rows[sight + 1]; row++)
      dayStakedMinor[day] += stakeMinor[row];
  }
  return { bets, won, judged, closingValue, dayStakedMinor, dayProfitMinor };
}
