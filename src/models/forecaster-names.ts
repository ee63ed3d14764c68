/** Models that forecast goals, by their names, in the order they are shown. The compiler has an entry for each. */
export const FORECASTER_NAMES = [
  "poisson",
  "dixon-coles",
  "bivariate-poisson",
  "bivariate-poisson-inflated",
  "negative-binomial",
  "zero-inflated-poisson",
  "weibull-copula",
  "ratings",
  "rue-salvesen",
  "market-informed",
  "market-poisson",
  "market-anchored",
] as const;
