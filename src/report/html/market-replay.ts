import { type MarketReplay, type ReplayRunner, tradedBetween } from "../market-replay.js";
import { type ReplayLine, replayChart } from "../svg/replay-chart.js";
import { type Markup, markup } from "./markup.js";
import { htmlPage } from "./page.js";
import { section } from "./section.js";

const WIDTH = 1060;

/** A market's replay as one self-contained page: a chart a runner, the volume below. */
export function replayPage(replay: MarketReplay): string {
  return htmlPage({
    title: replay.title,
    body: markup`<header><h1>${replay.title}</h1><p class="soft">${replay.note}</p></header><p class="note">Minutes from the planned start. Dashed lines: the planned start, and the turn in play. Shaded: suspended. A line breaks where nothing was on offer.</p>${replay.runners.map((runner) => runnerSection(replay, runner))}${volumeSection(replay)}`,
  });
}

function runnerSection(replay: MarketReplay, runner: ReplayRunner): Markup {
  const { times } = replay;
  const lines: ReplayLine[] = [
    { name: "to back", tone: "accent", values: runner.back },
    { name: "to lay", tone: "loss", values: runner.lay },
    { name: "last traded", tone: "gain", values: runner.lastTraded },
    ...(runner.ours === null
      ? []
      : [{ name: "our fair price", tone: "expected" as const, values: times.map(() => runner.ours) }]),
  ];
  const status = runner.status === "ACTIVE" ? "" : runner.status.toLowerCase();
  if (lines.every(({ values }) => values.every((value) => value === null)))
    return section(runner.name, status, markup`<p class="soft">No price in this time.</p>`);
  return section(runner.name, status, chart(replay, lines, `Prices of ${runner.name}`, 240, false));
}

function volumeSection(replay: MarketReplay): Markup {
  const total = replay.volume.at(-1) ?? 0;
  if (total === 0) return section("Traded", "The recording has no volume.", markup``);
  const values = tradedBetween(replay.volume);
  const lines: ReplayLine[] = [{ name: "traded", tone: "accent", values }];
  return section(
    "Traded",
    `${total.toFixed(0)} in all by the end, both sides counted.`,
    chart(replay, lines, "Money traded in each interval", 150, true),
  );
}

function chart(
  { times, suspended, kickOff, inPlayAt }: MarketReplay,
  lines: readonly ReplayLine[],
  title: string,
  height: number,
  bars: boolean,
): Markup {
  return replayChart({
    title,
    description: `${lines.map(({ name }) => name).join(", ")} over ${times.length} moments`,
    width: WIDTH,
    height,
    times,
    lines,
    bars,
    suspended,
    start: kickOff ?? times[0] ?? 0,
    inPlayAt,
    label: (value) => (bars || value >= 20 ? value.toFixed(0) : value.toFixed(2)),
  });
}
