import type { IngestedFile, ResultRevision, Warning } from "../port.js";
import type { Connection } from "./connection.js";
import type { RowEvents } from "./event.js";
import type { PriceWriter } from "./price-writer.js";

/** What the writers of one file share. Lists grow while its records are written. */
export interface WriteScene {
  readonly connection: Connection;
  readonly file: IngestedFile;
  readonly fileId: number;
  readonly prices: PriceWriter;
  readonly events: RowEvents;
  readonly warnings: Warning[];
  readonly revisions: ResultRevision[];
  /** True when the file at hand is older than a stored one: then it corrects nothing that the other said. */
  outdated(fileId: number): boolean;
  /** True when the file's source may correct what a stored file said. */
  mayCorrect(fileId: number): boolean;
}

/** When and from where stored files came, by id. */
export interface Arrival {
  readonly receivedAt: number;
  readonly source: string;
}

export function arrivals(connection: Connection): (fileId: number) => Arrival {
  const known = new Map<number, Arrival>();
  return (fileId) => {
    let arrival = known.get(fileId);
    if (arrival === undefined) {
      arrival = connection
        .statement<Arrival>("SELECT received_at AS receivedAt, source FROM raw_file WHERE id = ?")
        .get(fileId) ?? { receivedAt: 0, source: "" };
      known.set(fileId, arrival);
    }
    return arrival;
  };
}
