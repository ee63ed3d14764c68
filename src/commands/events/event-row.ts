import type { Envelope } from "../../bus/envelope.js";
import type { Column } from "../../report/present.js";

export const EVENT_COLUMNS: readonly Column[] = [
  { key: "id", title: "id", align: "right" },
  { key: "at", title: "known (UTC)" },
  { key: "type", title: "type" },
  { key: "league", title: "league" },
  { key: "about", title: "about" },
  { key: "says", title: "says" },
];

/** An event for a person: what it is about and, in a few words, what it says. */
export function eventRow(event: Envelope) {
  const { id, at, type, league, fixture, key } = event;
  const about = fixture ? `${fixture.date} ${fixture.home} - ${fixture.away}` : key.slice(0, 12);
  return { id, at, type, league, about, says: saying(event) };
}

function saying({ type, payload }: Envelope): string {
  const text = (name: string): string => String(payload[name] ?? "");
  switch (type) {
    case "prices.stored":
    case "odds.compiled":
      return `${Array.isArray(payload.prices) ? payload.prices.length : 0} prices`;
    case "result.stored":
      return `${text("homeGoals")}-${text("awayGoals")}`;
    case "result.revised":
      return `${text("before")}, now ${text("after")}`;
    case "file.ingested":
      return `${text("rows")} rows, ${text("new")} new, ${text("changed")} changed`;
    case "team.merged":
      return `${text("from")} is ${text("into")}`;
    default:
      return "";
  }
}
