import type { App, Define } from "../app.js";
import { StatisticoError } from "../core/errors.js";
import { edgeAfterCommission, type KellyBet, type KellyOptions, kellyLay } from "../models/kelly.js";
import { kellyExclusive } from "../models/kelly-exclusive.js";
import { present } from "../report/present.js";
import { numberFlag, numbersFlag } from "./shared/flags.js";

interface Options {
  readonly price: number[];
  readonly probability: number[];
  readonly fraction: number;
  readonly commission: number;
  readonly lay?: boolean;
  readonly bank?: number;
}

interface Stakes {
  /** Share of the bank at risk on each bet: the stake of a back, the liability of a lay. */
  readonly risks: readonly number[];
  readonly growth: number;
}

const EXAMPLES = `Examples:
  statistico kelly --price 2.1 --probability 0.5 --fraction 0.25 --commission 0.02
  statistico kelly --price 2.5,3.2,2.8 --probability 0.45,0.30,0.25    outcomes of one market at once
  statistico kelly --price 3.4 --probability 0.25 --lay --bank 1000
`;

export const define: Define = (command, withApp) => {
  command
    .addHelpText("before", EXAMPLES)
    .requiredOption(
      "--price <list>",
      "decimal price, or those of several outcomes of one market",
      numbersFlag,
    )
    .requiredOption("--probability <list>", "probability of each", numbersFlag)
    .option("--fraction <share>", "of the full Kelly stake", numberFlag, 1)
    .option("--commission <share>", "of net winnings", numberFlag, 0)
    .option("--lay", "bet against it: the stake shown is the backer's, the risk is the liability")
    .option("--bank <amount>", "show the stake in money too", numberFlag)
    .action(withApp(async (app, options: Options) => kelly(app, options)));
};

function kelly(app: App, options: Options): void {
  const { price, probability, fraction, commission, lay, bank } = options;
  if (price.length !== probability.length)
    throw new StatisticoError(
      "usage",
      `one probability a price: ${price.length} prices, ${probability.length} probabilities`,
      "statistico kelly --price 2.1 --probability 0.5",
    );
  const bets = price.map((p, i) => ({ price: p, probability: probability[i] }));
  const { risks, growth } = lay
    ? layStakes(bets, { fraction, commission })
    : backStakes(bets, { fraction, commission });
  const rows = bets.map((bet, i) => ({
    ...bet,
    edge: lay ? edgeOfLay(bet, commission) : edgeAfterCommission(bet.probability, bet.price, commission),
    stake: lay ? risks[i] / (bet.price - 1) : risks[i],
    risk: risks[i],
    ...(bank === undefined ? {} : { money: Math.floor(risks[i] * bank * 100) / 100 }),
  }));
  present(app, {
    schema: "statistico/kelly@1",
    document: { side: lay ? "lay" : "back", fraction, commission, bets: rows, growth },
    columns: [
      { key: "price", title: "price" },
      { key: "probability", title: "probability" },
      { key: "edge", title: "edge", digits: 4 },
      { key: "stake", title: "stake / bank", digits: 5 },
      { key: "risk", title: "risk / bank", digits: 5 },
      ...(bank === undefined ? [] : [{ key: "money", title: "money at risk", digits: 2 }]),
    ],
    rows,
  });
  app.console.say(
    `mean log growth of the bank at these stakes: ${growth.toExponential(3)}; assumes the probabilities are right`,
  );
}

function backStakes(bets: readonly KellyBet[], options: KellyOptions): Stakes {
  const answer = kellyExclusive(bets, options);
  if (answer.kind === "invalid") throw new StatisticoError("usage", answer.reason, "statistico kelly --help");
  return { risks: answer.stakes, growth: answer.growth };
}

function layStakes(bets: readonly KellyBet[], options: KellyOptions): Stakes {
  if (bets.length > 1)
    throw new StatisticoError(
      "usage",
      "--lay takes one outcome",
      "statistico kelly --price 3.4 --probability 0.25 --lay",
    );
  const answer = kellyLay(bets[0], options);
  if (answer.kind === "invalid") throw new StatisticoError("usage", answer.reason, "statistico kelly --help");
  return { risks: [answer.liability], growth: answer.growth };
}

/** Mean profit of a layer per unit of liability, after commission. */
function edgeOfLay({ price, probability }: KellyBet, commission: number): number {
  return ((1 - probability) * (1 - commission)) / (price - 1) - probability;
}
