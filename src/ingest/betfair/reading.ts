/** The source of exchange history, in the archive and in the warehouse. */
export const BETFAIR = "betfair";

/** Raise when a file is read differently: archived files are then read afresh. */
export const READING = "betfair@1";

/** Closing prices of a linked market, taken from its recording. */
export const CLOSING_READING = "betfair-closing@1";
