import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { SAMPLE, workplace } from "./binary.js";

const place = workplace();
/** Results of the first so many of the sample's files, in the order of their names. */
const WHOLE_FILES = [240, 422, 662, 844, 1084, 1266, 1442];

/** A small disk of one's own needs a mount namespace, which not every machine gives. */
const ownDisk =
  spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]).status === 0;

describe("a disk that is full", () => {
  it.skipIf(!ownDisk)(
    "is told as full; what is whole stays whole, and with room the rest follows",
    async () => {
      const all = `"$S" ingest football-data -q --json --from ${SAMPLE} > /dev/null; echo $?`;
      const content = `"$S" db check --json | grep contentHash`;
      const script = `mkdir disk && mount -t tmpfs -o size=3m none disk && cd disk
      ${all}; "$S" db check -q > /dev/null; echo $?; "$S" results --csv | tail -n +2 | wc -l
      mount -o remount,size=64m /proc/self/cwd; ${all}; ${content}; cd .. && mkdir roomy && cd roomy; ${all}; ${content}`;
      const { stdout, stderr } = await place.shell(`unshare -rm bash -c '${script}'`);
      const [first, sound, rows, second, after, roomy, expected] = stdout.trim().split(/\s*\n\s*/);
      expect(stderr).toMatch(/^statistico: disk full(?::| while writing) \S+[^\n]*\n {2}try: df -h \.\n/);
      expect([first, sound, second, roomy]).toEqual(["1", "0", "0", "0"]);
      expect(WHOLE_FILES).toContain(Number(rows));
      expect(after).toBe(expected);
    },
  );
});
