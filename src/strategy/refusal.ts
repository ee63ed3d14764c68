export type RefusalKind =
  | "filter"
  | "too-few-games"
  | "no-forecast"
  | "book"
  | "no-price"
  | "price"
  | "edge"
  | "unconfirmed"
  | "stake"
  | "day-loss"
  | "no-fill";

/** Why there was no bet, on the fixture or on one of its runners. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly text: string;
}
