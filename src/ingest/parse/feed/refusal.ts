import type { FeedFileRule } from "./rule.js";

/** Why nothing in a document of a feed can be used; `text` and `hint` are ready to print. */
export interface FeedRefusal {
  readonly kind: "refused";
  readonly rule: FeedFileRule;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint: string;
}

export function refuseFeed(
  rule: FeedFileRule,
  text: string,
  hint = "fetch it again, or look at the file: statistico ingest --help",
): FeedRefusal {
  return { kind: "refused", rule, line: 1, column: 0, text, hint };
}
