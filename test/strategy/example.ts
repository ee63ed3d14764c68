/** The example of the command-line contract, word for word. */
export const EXAMPLE = `name: value-1x2
description: back what our model prices shorter than the early market
leagues: [E0, E1]
seasons: { from: 2015, to: 2022 }
markets: [MATCH_ODDS]                 # any market the compiler prices
side: back                            # back | lay | both
model: { name: market-informed }      # plus its parameters (xi, halfLifeDays, ridge, ...)
prices:
  sources: [PS, B365]                 # bookmaker or exchange codes; the best of them is taken
  moment: early                       # early | close | asof:-60m
  maxOverround: 0.10                  # skip a book that is not sane
entry:
  edge:  { min: 0.03, max: 0.30 }     # probability x price - 1, after commission
  price: { min: 1.5, max: 6.0 }       # inclusive at both ends, in backtest and live alike
filters:                              # all must hold; too few games = no bet unless minGames says otherwise
  - { team: home, stat: goals, action: for, measure: average, games: 5, atLeast: 1.2, venue: home }
  - { team: away, result: lose, games: 3, venue: any }
staking: { method: kelly, fraction: 0.25, maxStake: 50 }   # flat | percentage | kelly | liability | target-profit
bank: 1000
commission: 0.02
limits: { perBet: 50, perFixture: 100, perDay: 300, perDayLoss: 200 }
live: { enabled: false }
`;

/** The shortest strategy there is; parts of it are replaced by tests. */
export const SHORT = `name: short
leagues: [E0]
seasons: { from: 2015, to: 2015 }
markets: [MATCH_ODDS]
model: { name: poisson }
prices: { sources: [B365] }
staking: { method: flat, stake: 10 }
bank: 100
`;
