/** The source of exchange history, in the archive and in the warehouse. */
export const BETFAIR = "betfair";

/** Raise when a file is read differently: archived files are then read afresh. */
export const READING = "betfair@1";

/** Prices of a linked market, taken from its recording. */
export const PRICES_READING = "betfair-prices@1";
