/** Expected goals of a fixture: what every goal model gives and every market is priced from. */
export interface GoalRates {
  /** Expected home goals, > 0. */
  readonly homeRate: number;
  /** Expected away goals, > 0. */
  readonly awayRate: number;
  /** Dixon-Coles dependence of low scores; 0 = independent. */
  readonly rho: number;
}
