/** Models that forecast goals and know nothing of a match's own prices, in the order they are shown. */
export const INDEPENDENT_FORECASTERS = [
  "poisson",
  "dixon-coles",
  "hierarchical",
  "bivariate-poisson",
  "bivariate-poisson-inflated",
  "negative-binomial",
  "zero-inflated-poisson",
  "weibull-copula",
  "ratings",
  "rue-salvesen",
  "market-informed",
  "market-poisson",
] as const;

/** All models that forecast goals, by their names. The compiler has an entry for each. */
export const FORECASTER_NAMES = [...INDEPENDENT_FORECASTERS, "market-anchored"] as const;
