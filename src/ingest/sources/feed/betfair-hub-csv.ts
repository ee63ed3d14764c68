import { parseHubCsv } from "../../betfair/hub-csv.js";
import { CSV_FILES } from "../plan.js";
import type { Source } from "../source.js";

/** A-League match odds of Betfair's Australian hub: docs/sources/betfair-hub-csv.md. */
export const betfairHub: Source = {
  name: "betfair-hub-csv",
  title: "A-League match odds of Betfair's Australian hub",
  brings: ["fixtures", "results", "odds"],
  cost: "read from files alone",
  reader: "betfair-hub-csv@1",
  files: CSV_FILES,
  parse: parseHubCsv,
  asking: null,
};
