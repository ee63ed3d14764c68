import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { invariant } from "../../core/assert.js";
import { StatisticoError } from "../../core/errors.js";
import { program } from "./program.js";

/** Marks a thread that runs the program for some leagues of a command; `command` is the command's name. */
interface Task {
  readonly command: string;
  /** What the main thread lays before all of them: arrays over shared memory are not copied. */
  readonly share: unknown;
}

/** Whether this thread is one of `inWorkers`: it must answer by `serveLeagues` and print nothing. */
export function isLeagueWorker(command: string): boolean {
  return !isMainThread && isTask(workerData) && workerData.command === command;
}

/** What the main thread shares with this thread of a command; null in the main thread, or where it shares nothing. */
export function sharedWith(command: string): unknown {
  return !isMainThread && isTask(workerData) && workerData.command === command ? workerData.share : null;
}

function isTask(value: unknown): value is Task {
  return typeof value === "object" && value !== null && "command" in value;
}

/** In a worker: do league after league as the main thread hands them out, until it hands out none. */
export async function serveLeagues<Answer>(work: (league: string) => Promise<Answer>): Promise<void> {
  const port = parentPort;
  invariant(port !== null, "leagues are served in a worker thread");
  await new Promise<void>((resolve, reject) => {
    const close = (end: () => void): void => {
      port.close();
      end();
    };
    port.on("message", (league: string | null) => {
      if (league === null) close(resolve);
      else
        work(league).then(
          (answer) => port.postMessage(answer),
          (error) => close(() => reject(error)),
        );
    });
    port.postMessage(null);
  });
}

/**
 * Work on leagues in threads, each of which runs this very command with the flags of this process: the composition
 * root opens its database, and a thread shares nothing with another.
 *
 * Returns  one answer a league, in the order of `leagues`: the same whatever the number of threads.
 */
export async function inWorkers<Answer>(
  command: string,
  leagues: readonly string[],
  workers: number,
  onLeague: (league: string, done: number) => void,
  share: unknown = null,
): Promise<Answer[] | null> {
  const path = program();
  if (path === null) return null;
  const answers: Answer[] = new Array(leagues.length);
  const queue = leagues.map((league, at) => ({ league, at }));
  let done = 0;
  const finish = (league: string, at: number, answer: Answer): void => {
    answers[at] = answer;
    onLeague(league, ++done);
  };
  const threads = Array.from({ length: workers }, () => new Worker(path, workerOptions({ command, share })));
  try {
    await Promise.all(threads.map((thread) => drain(thread, queue, finish)));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return answers;
}

function workerOptions(task: Task) {
  return { argv: process.argv.slice(2), workerData: task };
}

interface Queued {
  readonly league: string;
  readonly at: number;
}

function drain<Answer>(
  thread: Worker,
  queue: Queued[],
  finish: (league: string, at: number, answer: Answer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: Queued | undefined;
    thread.on("message", (answer: Answer) => {
      if (current) finish(current.league, current.at, answer);
      current = queue.shift();
      thread.postMessage(current?.league ?? null);
    });
    thread.once("error", reject);
    thread.once("exit", (code) => {
      if (current === undefined && code === 0) resolve();
      else reject(failure(current?.league));
    });
  });
}

/** The thread has said on stderr what was wrong; one thread alone can be looked at with --debug. */
function failure(league: string | undefined): StatisticoError {
  const where = league === undefined ? "a thread did not start" : `the thread on ${league} ended early`;
  return new StatisticoError("failed", where, "repeat with --workers 1 --debug");
}
