import type { PriceSource } from "../../../domain/price.js";

/** Books by the code the house has them under, and the names that feeds give them in lower case without spaces. */
const KNOWN: readonly (readonly [code: string, name: string, ...asWritten: string[]])[] = [
  ["PS", "Pinnacle", "pinnacle", "pinnaclesports"],
  ["B365", "Bet365", "bet365"],
  ["1XB", "1xBet", "onexbet", "1xbet"],
  ["BW", "Bet&Win", "bwin"],
  ["IW", "Interwetten", "interwetten"],
  ["LB", "Ladbrokes", "ladbrokes", "ladbrokesuk"],
  ["CL", "Coral", "coral"],
  ["WH", "William Hill", "williamhill"],
  ["BV", "BetVictor", "betvictor"],
  ["BFD", "Betfred", "betfred", "betfreduk"],
  ["BF", "Betfair Sportsbook", "betfair", "betfairsbuk"],
  ["BFE", "Betfair Exchange", "betfairexeu", "betfairexuk", "betfairexau", "betfairexchange"],
  ["BMGM", "BetMGM", "betmgm"],
  ["SB", "Sportingbet", "sportingbet"],
  ["VC", "VC Bet", "vcbet"],
];

const EXCHANGES = new Set(["BFE", "MATCHBOOK", "SMARKETS", "BETDAQ"]);

/**
 * A book by the key and the name a feed has for it: under the house's code when the house knows it, else under the
 * key in capitals. Prices of one book are one source, whoever passes them on.
 */
export function bookOf(key: string, name: string = key): PriceSource {
  const known = byName(key) ?? byName(name);
  const code = known?.[0] ?? key.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return { code, name: known?.[1] ?? name, kind: EXCHANGES.has(code) ? "exchange" : "bookmaker" };
}

/** The key says more than the name: the exchange and the bookmaker of one house are both called by its name. */
function byName(written: string): (typeof KNOWN)[number] | undefined {
  return KNOWN.find(([, , ...names]) => names.includes(plain(written)));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
