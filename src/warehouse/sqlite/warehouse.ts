import type { EventStore, PollStore, Warehouse } from "../port.js";
import { addAlias } from "./alias.js";
import { copyDatabase } from "./backup.js";
import { checkDatabase } from "./check.js";
import { readClubRatings } from "./club-rating.js";
import { readCompiledOdds, writeCompiledOdds } from "./compiled-odds.js";
import type { Connection } from "./connection.js";
import { commitCursor, readConsumer, readConsumers, resetCursor } from "./consumer.js";
import { contentHash } from "./content-hash.js";
import { readCounts } from "./counts.js";
import { lastEvent, readEvents } from "./event.js";
import { writeExchangeFile, writeExchangeLinks } from "./exchange-writer.js";
import { readExpectedGoals } from "./expected-goals.js";
import { guarded } from "./fault.js";
import { outcomeAgain, readRawFiles } from "./file-outcome.js";
import { runQuery } from "./person-query.js";
import { beginPoll, countPolls, endPoll, forgetPolls, readPollStates } from "./poll.js";
import { readProviderEvents } from "./provider-event.js";
import { readQuarantine, setStatus } from "./quarantine.js";
import { readRatings, writeRatings } from "./rating.js";
import { readExchangeMarkets } from "./read-exchange.js";
import { readFixtures } from "./read-fixtures.js";
import { readAliases, readLeagueCodes, readLeagues, readSuspectedNames, readTeams } from "./read-leagues.js";
import { readLines } from "./read-lines.js";
import { readMatches, readMoves, readRevisions, readStatistics } from "./read-matches.js";
import { readPrices, readSources } from "./read-prices.js";
import { spendRequests } from "./request-count.js";
import { readRuns, writeRun } from "./run.js";
import { writeFile } from "./write-file.js";

/** The port on one connection. SQLite answers at once; its errors become the operator's problem here. */
export function sqliteWarehouse(connection: Connection): Warehouse {
  const { path } = connection;
  const answer = async <T>(work: () => T): Promise<T> => guarded(path, work);
  return {
    ...inward(connection, answer),
    ...outward(connection, answer),
    ...checking(connection, answer),
    contentHash: () => answer(() => contentHash(connection)),
    counts: () => answer(() => readCounts(connection)),
    check: () => answer(() => checkDatabase(connection)),
    backup: (target) => answer(() => copyDatabase(connection.database, target)),
    query: (sql, limits) => runQuery(path, sql, limits),
    close: () => answer(() => connection.close()),
  };
}

type Answer = <T>(work: () => T) => Promise<T>;

type Inward = Pick<
  Warehouse,
  | "writeFile"
  | "fileOutcome"
  | "rawFiles"
  | "writeExchangeFile"
  | "writeExchangeLinks"
  | "addAlias"
  | "setQuarantineStatus"
  | "writeRatings"
  | "writeCompiledOdds"
  | "writeRun"
  | "spendRequests"
>;

function inward(connection: Connection, answer: Answer): Inward {
  return {
    writeFile: (file) => answer(() => writeFile(connection, file)),
    fileOutcome: (sha256, reading) => answer(() => outcomeAgain(connection, sha256, reading)),
    rawFiles: () => answer(() => readRawFiles(connection)),
    writeExchangeFile: (file) => answer(() => writeExchangeFile(connection, file)),
    writeExchangeLinks: (links) => answer(() => writeExchangeLinks(connection, links)),
    addAlias: (alias) => answer(() => addAlias(connection, alias)),
    setQuarantineStatus: (ids, status) => answer(() => setStatus(connection, ids, status)),
    writeRatings: (ratings) => answer(() => writeRatings(connection, ratings)),
    writeCompiledOdds: (odds) => answer(() => writeCompiledOdds(connection, odds)),
    writeRun: (run) => answer(() => writeRun(connection, run)),
    spendRequests: (spending) => answer(() => spendRequests(connection, spending)),
  };
}

type Outward = Omit<
  Warehouse,
  keyof Inward | keyof Checking | "contentHash" | "counts" | "check" | "backup" | "query" | "close"
>;

function outward(connection: Connection, answer: Answer): Outward {
  return {
    leagueCodes: () => answer(() => readLeagueCodes(connection)),
    leagues: () => answer(() => readLeagues(connection)),
    teams: (query = {}) => answer(() => readTeams(connection, query)),
    aliases: () => answer(() => readAliases(connection)),
    suspectedNames: () => answer(() => readSuspectedNames(connection)),
    providerEvents: (source) => answer(() => readProviderEvents(connection, source)),
    expectedGoals: (query) => answer(() => readExpectedGoals(connection, query)),
    clubRatings: (query) => answer(() => readClubRatings(connection, query)),
    fixtures: (query) => answer(() => readFixtures(connection, query)),
    matches: (query) => answer(() => readMatches(connection, query)),
    statistics: (query) => answer(() => readStatistics(connection, query)),
    revisions: (query) => answer(() => readRevisions(connection, query)),
    moves: (query) => answer(() => readMoves(connection, query)),
    prices: (query) => answer(() => readPrices(connection, query)),
    sources: () => answer(() => readSources(connection)),
    exchangeMarkets: (query) => answer(() => readExchangeMarkets(connection, query)),
    quarantine: (query = {}) => answer(() => readQuarantine(connection, query)),
    ratings: (query) => answer(() => readRatings(connection, query)),
    compiledOdds: (query) => answer(() => readCompiledOdds(connection, query)),
    runs: (query = {}) => answer(() => readRuns(connection, query)),
    lines: (query) => answer(() => readLines(connection, query)),
  };
}

type Checking = PollStore & EventStore;

function checking(connection: Connection, answer: Answer): Checking {
  return {
    beginPoll: (poll) => answer(() => beginPoll(connection, poll)),
    endPoll: (id, record) => answer(() => endPoll(connection, id, record)),
    pollStates: () => answer(() => readPollStates(connection)),
    pollCount: (source, since) => answer(() => countPolls(connection, source, since)),
    forgetPolls: (before) => answer(() => forgetPolls(connection, before)),
    events: (query) => answer(() => readEvents(connection, query)),
    lastEvent: () => answer(() => lastEvent(connection)),
    consumers: () => answer(() => readConsumers(connection)),
    consumer: (name) => answer(() => readConsumer(connection, name)),
    commitCursor: (name, cursor) => answer(() => commitCursor(connection, name, cursor)),
    resetCursor: (name, cursor) => answer(() => resetCursor(connection, name, cursor)),
  };
}
