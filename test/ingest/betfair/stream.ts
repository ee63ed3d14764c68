export const KICK_OFF = Date.UTC(2024, 7, 17, 14);

const DEFINITION = {
  eventTypeId: "1",
  eventId: "33",
  eventName: "Arsenal v Burnley",
  name: "Match Odds",
  marketType: "MATCH_ODDS",
  bettingType: "ODDS",
  status: "OPEN",
  inPlay: false,
  turnInPlayEnabled: true,
  persistenceEnabled: true,
  bspMarket: false,
  bspReconciled: false,
  betDelay: 0,
  numberOfWinners: 1,
  marketBaseRate: 5,
  version: 1,
  marketTime: new Date(KICK_OFF).toISOString(),
};

const RUNNERS = [
  [11, "Arsenal"],
  [22, "Burnley"],
  [33, "The Draw"],
] as const;

/** A definition of match odds, the first runner the winner once it is closed. */
export function definition(change: object = {}, closed = false): object {
  const runners = RUNNERS.map(([id, name], i) => ({
    id,
    name,
    sortPriority: i + 1,
    status: closed ? (i === 0 ? "WINNER" : "LOSER") : "ACTIVE",
  }));
  const ended = closed
    ? { status: "CLOSED", version: 9, settledTime: new Date(KICK_OFF + 7_200_000).toISOString() }
    : {};
  return { ...DEFINITION, runners, ...ended, ...change };
}

/** One message of one market, `at` in milliseconds from kick-off. */
export function message(id: string, at: number, change: object): string {
  return JSON.stringify({ op: "mcm", clk: `${id}c${at}`, pt: KICK_OFF + at, mc: [{ id, ...change }] });
}

const book = (back: number, lay: number) => ({ atb: [[back, 100]], atl: [[lay, 80]] });

/**
 * A whole market of match odds: quoted an hour before kick-off and again ten minutes before, in play at kick-off,
 * closed two hours later. Closing prices: 2 / 2.02, 3.6 / 3.7 and 4 / 4.2.
 */
export function wholeMarket(id = "1.100", change: object = {}): string[] {
  return [
    message(id, -7_200_000, { marketDefinition: definition(change) }),
    message(id, -3_600_000, {
      rc: [
        { id: 11, ...book(2.1, 2.14), ltp: 2.12 },
        { id: 22, ...book(3.5, 3.6) },
        { id: 33, ...book(4, 4.2) },
      ],
    }),
    message(id, -600_000, {
      rc: [
        {
          id: 11,
          atb: [
            [2.1, 0],
            [2, 50],
          ],
          atl: [
            [2.14, 0],
            [2.02, 60],
          ],
          trd: [[2.02, 30]],
          ltp: 2.02,
        },
        {
          id: 22,
          atb: [
            [3.5, 0],
            [3.6, 9],
          ],
          atl: [
            [3.6, 0],
            [3.7, 9],
          ],
        },
      ],
    }),
    message(id, 0, { marketDefinition: definition({ ...change, inPlay: true, version: 2 }) }),
    message(id, 60_000, { rc: [{ id: 11, ltp: 1.5 }] }),
    message(id, 7_200_000, { marketDefinition: definition(change, true) }),
  ];
}
