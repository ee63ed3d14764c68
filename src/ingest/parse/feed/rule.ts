/**
 * Every rule by which the readers of feeds set something aside or speak up; docs/sources/rules.md explains them to a
 * user, and a test keeps that page complete. The scopes are those of `../rule.ts`.
 */
export const FEED_RULES = {
  "feed-empty": "file",
  "feed-html-page": "file",
  "feed-not-text": "file",
  "json-truncated": "file",
  "json-not-json": "file",
  "json-too-deep": "file",
  "feed-not-this": "file",
  "source-error": "file",
  "league-missing": "file",

  "prototype-key": "row",
  "item-not-an-object": "row",
  "event-without-id": "row",
  "duplicate-event": "row",
  "team-missing": "row",
  "team-against-itself": "row",
  "start-not-an-instant": "row",
  "league-not-named": "row",
  "rating-not-a-number": "row",
  "line-not-understood": "row",
  "price-contradicts": "row",
  "team-unknown": "row",
  "event-unknown": "row",

  "score-not-a-count": "cell",
  "score-after-extra-time": "cell",
  "expected-goals-not-a-number": "cell",
  "price-not-numeric": "cell",
  "price-not-above-one": "cell",
  "price-above-1001": "cell",
  "runner-unknown": "cell",
  "line-off-grid": "cell",
  "observed-not-an-instant": "cell",

  "market-not-kept": "warning",
  postponed: "warning",
  awarded: "warning",
  "in-play-price": "warning",
  crossed: "warning",
  "incomplete-pages": "warning",
  "warnings-cut": "warning",
} as const satisfies Record<string, "file" | "row" | "cell" | "warning">;

type Rules = typeof FEED_RULES;
type RuleOf<Scope> = { [Name in keyof Rules]: Rules[Name] extends Scope ? Name : never }[keyof Rules];

export type FeedFileRule = RuleOf<"file">;
export type FeedRowRule = RuleOf<"row">;
export type FeedCellRule = RuleOf<"cell">;
export type FeedWarningRule = RuleOf<"warning">;
