import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { invariant } from "../../core/assert.js";
import { type ErrorKind, isStatisticoError, StatisticoError } from "../../core/errors.js";
import { program } from "./program.js";

/** Marks a thread that does jobs of a command; `shared` is what every job needs. */
interface Task<Shared> {
  readonly jobsOf: string;
  readonly shared: Shared;
}

type Reply<Answer> =
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "problem"; readonly error: ErrorKind; readonly message: string; readonly hint: string };

/** What the jobs of this thread share when it is one of `inThreads` for the command; null in any other thread. */
export function sharedOfJobs<Shared>(command: string): Shared | null {
  const task: Partial<Task<Shared>> | null = workerData;
  return !isMainThread && task?.jobsOf === command && task.shared !== undefined ? task.shared : null;
}

/** In a thread: do job after job as they come. Ends when the main thread ends it. */
export function serveJobs<Job, Answer>(work: (job: Job) => Promise<Answer>): Promise<void> {
  const port = parentPort;
  invariant(port !== null, "jobs are served in a worker thread");
  return new Promise((_, reject) => {
    port.on("message", (job: Job) => {
      work(job).then(
        (answer) => port.postMessage({ kind: "done", answer } satisfies Reply<Answer>),
        (error) => (isStatisticoError(error) ? port.postMessage(problemOf(error)) : reject(error)),
      );
    });
  });
}

function problemOf({ kind, message, hint }: StatisticoError): Reply<never> {
  return { kind: "problem", error: kind, message, hint };
}

/**
 * Do jobs in threads, each of which runs this very command with the flags of this process.
 *
 * Gives one answer a job, in the order of the jobs: the same whatever the number of threads. Throws what a job threw.
 * Null when the program runs from source and has no bundle to start threads of.
 */
export function inThreads<Job, Shared, Answer>(
  command: string,
  threads: number,
  jobs: AsyncIterable<Job>,
  shared: Shared,
): AsyncGenerator<Answer> | null {
  const path = program();
  return path === null ? null : answers(path, { jobsOf: command, shared }, threads, jobs);
}

async function* answers<Job, Shared, Answer>(
  path: string,
  task: Task<Shared>,
  threads: number,
  jobs: AsyncIterable<Job>,
): AsyncGenerator<Answer> {
  const pool = createPool<Job, Answer>(path, task, threads);
  const waiting: Promise<Answer>[] = [];
  try {
    for await (const job of jobs) {
      const answer = pool.run(job);
      // A failure is met when its turn comes; until then it must not count as unhandled.
      answer.catch(() => {});
      waiting.push(answer);
      const first = waiting.length > 2 * threads ? waiting.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const answer of waiting) yield await answer;
  } finally {
    await pool.end();
  }
}

interface Pool<Job, Answer> {
  run(job: Job): Promise<Answer>;
  end(): Promise<void>;
}

/** Threads are started when they are first needed. */
function createPool<Job, Answer>(path: string, task: object, most: number): Pool<Job, Answer> {
  const all: Lane<Job, Answer>[] = [];
  const free: Lane<Job, Answer>[] = [];
  const wanting: ((lane: Lane<Job, Answer>) => void)[] = [];
  const start = (): Lane<Job, Answer> => {
    const lane = openLane<Job, Answer>(path, task);
    all.push(lane);
    return lane;
  };
  const take = (): Lane<Job, Answer> | Promise<Lane<Job, Answer>> =>
    free.pop() ?? (all.length < most ? start() : new Promise((resolve) => wanting.push(resolve)));
  return {
    async run(job) {
      const lane = await take();
      const answer = await lane.ask(job);
      const next = wanting.shift();
      if (next === undefined) free.push(lane);
      else next(lane);
      return answer;
    },
    end: async () => void (await Promise.all(all.map((lane) => lane.end()))),
  };
}

/** One thread, which does one job at a time. */
interface Lane<Job, Answer> {
  ask(job: Job): Promise<Answer>;
  end(): Promise<number>;
}

interface Asked<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

function openLane<Job, Answer>(path: string, task: object): Lane<Job, Answer> {
  const thread = new Worker(path, { argv: process.argv.slice(2), workerData: task });
  let asked: Asked<Answer> | null = null;
  let ended: StatisticoError | null = null;
  thread.on("message", (reply: Reply<Answer>) => {
    if (reply.kind === "done") asked?.resolve(reply.answer);
    else asked?.reject(new StatisticoError(reply.error, reply.message, reply.hint));
  });
  const fail = (error: unknown): void => asked?.reject(error);
  thread.on("error", fail);
  thread.on("exit", () => {
    // The thread has said on stderr what was wrong.
    ended = new StatisticoError("failed", "a thread ended early", "repeat with --workers 1 --debug");
    fail(ended);
  });
  return {
    ask: (job) =>
      new Promise<Answer>((resolve, reject) => {
        if (ended !== null) reject(ended);
        asked = { resolve, reject };
        thread.postMessage(job);
      }),
    end: () => thread.terminate(),
  };
}
