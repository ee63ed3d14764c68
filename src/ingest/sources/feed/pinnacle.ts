import { parsePinnacle } from "../../parse/feed/pinnacle.js";
import { JSON_FILES } from "../plan.js";
import type { Source } from "../source.js";

/** feeds in Pinnacle's shape: docs/sources/pinnacle.md. */
export const pinnacle: Source = {
  name: "pinnacle",
  title: "feeds in Pinnacle's shape",
  brings: ["fixtures", "odds"],
  cost: "read from files alone",
  reader: "pinnacle@1",
  files: JSON_FILES,
  parse: parsePinnacle,
  asking: null,
};
