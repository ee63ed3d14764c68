import type { IngestedFile, ResultRevision, Warning } from "../port.js";
import type { Connection } from "./connection.js";
import type { PriceWriter } from "./price-writer.js";

/** What the writers of one file share. Lists grow while its records are written. */
export interface WriteScene {
  readonly connection: Connection;
  readonly file: IngestedFile;
  readonly fileId: number;
  readonly prices: PriceWriter;
  readonly warnings: Warning[];
  readonly revisions: ResultRevision[];
  /** True when the file at hand is older than a stored one: then it corrects nothing that the other said. */
  outdated(fileId: number): boolean;
}

/** When stored files were received, by id. */
export function arrivals(connection: Connection): (fileId: number) => number {
  const known = new Map<number, number>();
  return (fileId) => {
    let at = known.get(fileId);
    if (at === undefined) {
      at = connection.tuples<[number]>("SELECT received_at FROM raw_file WHERE id = ?").get(fileId)?.[0] ?? 0;
      known.set(fileId, at);
    }
    return at;
  };
}
