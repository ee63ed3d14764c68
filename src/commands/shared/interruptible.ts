import { EXIT } from "../../core/errors.js";

/** Told by a signal to end: the round at hand is finished, a second signal does not wait. */
export interface Interruptible {
  readonly signal: AbortSignal;
  exitCode(): number;
  release(): void;
}

export function interruptible(): Interruptible {
  const controller = new AbortController();
  let code: number = EXIT.ok;
  const onSignal = (name: NodeJS.Signals): void => {
    const exit = name === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    if (controller.signal.aborted) process.exit(exit);
    code = exit;
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
