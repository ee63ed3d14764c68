/** What the outbox tells of. */
export const EVENT_TYPES = [
  "file.ingested",
  "fixture.moved",
  "odds.compiled",
  "prices.stored",
  "result.revised",
  "result.stored",
  "team.merged",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** "prices.stored" in version 1 is "statistico/event-prices-stored@1". */
export function schemaName(type: string, version: number): string {
  return `statistico/event-${type.replaceAll(".", "-")}@${version}`;
}
