/** Whose goal, whose card. */
export type Side = "home" | "away";
