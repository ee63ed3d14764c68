import { parseEngsoccerdata } from "../../parse/feed/engsoccerdata.js";
import { CSV_FILES } from "../plan.js";
import type { Source } from "../source.js";

/** engsoccerdata: docs/sources/engsoccerdata.md. */
export const engsoccerdata: Source = {
  name: "engsoccerdata",
  title: "engsoccerdata",
  brings: ["fixtures", "results"],
  cost: "read from files alone",
  reader: "engsoccerdata@1",
  files: CSV_FILES,
  parse: parseEngsoccerdata,
  asking: null,
};
