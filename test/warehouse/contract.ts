import { describe } from "vitest";
import type { Warehouse } from "../../src/warehouse/port.js";
import { aliasContract } from "./contract/alias.js";
import { eventContract } from "./contract/event.js";
import { exchangeContract } from "./contract/exchange.js";
import { fileContract } from "./contract/file.js";
import { hashContract } from "./contract/hash.js";
import { healthContract } from "./contract/health.js";
import { lineContract } from "./contract/line.js";
import { moveContract } from "./contract/move.js";
import { pollContract } from "./contract/poll.js";
import { priceContract } from "./contract/price.js";
import { quarantineContract } from "./contract/quarantine.js";
import { ratingContract } from "./contract/rating.js";
import { readContract } from "./contract/read.js";
import { revisionContract } from "./contract/revision.js";
import { sourceContract } from "./contract/source.js";

/** A fresh, empty warehouse, closed by whoever opened it. */
export type OpenWarehouse = () => Promise<Warehouse>;

/** What every adapter of the port must do, written against the port alone. */
export function warehouseContract(name: string, open: OpenWarehouse): void {
  describe(name, () => {
    fileContract(open);
    revisionContract(open);
    moveContract(open);
    aliasContract(open);
    priceContract(open);
    quarantineContract(open);
    readContract(open);
    ratingContract(open);
    lineContract(open);
    eventContract(open);
    pollContract(open);
    hashContract(open);
    sourceContract(open);
    healthContract(open);
    exchangeContract(open);
  });
}
