import { statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LoginReply } from "../../../src/exchange/betfair/login.js";
import { createSession } from "../../../src/exchange/betfair/session.js";
import { type SessionStore, sessionFile, sessionMemory } from "../../../src/exchange/betfair/session-file.js";
import { scratchFolder } from "../../support/scratch.js";

const HOUR = 3_600_000;
const scratch = scratchFolder();
let made = 0;

function place(store: SessionStore = sessionMemory(), replies: LoginReply[] = []) {
  const seen = { logins: 0, keeps: 0 };
  const time = { now: 1_000_000_000_000 };
  const keep: { reply: LoginReply | null } = { reply: null };
  const make = (version = 1) =>
    createSession({
      store,
      clock: { now: () => time.now },
      version,
      async login() {
        seen.logins += 1;
        const token = `token ${seen.logins}`;
        await Promise.resolve();
        return replies.shift() ?? { kind: "token", token };
      },
      async keepAlive(token) {
        seen.keeps += 1;
        return keep.reply ?? { kind: "token", token };
      },
    });
  return { seen, time, keep, make };
}

describe("a session", () => {
  it("logs in once for many callers at once", async () => {
    const { seen, make } = place();
    const session = make();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => session.token()));
    expect(new Set(tokens.map((reply) => JSON.stringify(reply)))).toEqual(
      new Set(['{"kind":"token","token":"token 1"}']),
    );
    expect(seen.logins).toBe(1);
  });

  it("replaces a stale token once, however many calls found it stale", async () => {
    const { seen, make } = place();
    const session = make();
    await session.token();
    await Promise.all(Array.from({ length: 9 }, () => session.replace("token 1")));
    await session.replace("token 1");
    expect(seen.logins).toBe(2);
  });

  it("is used again by the next run, and prolonged from half its life on", async () => {
    const path = scratch(`session-${++made}.json`);
    const { seen, time, make } = place(sessionFile(path));
    await make().token();
    time.now += 5 * HOUR;
    await make().token();
    expect(seen).toEqual({ logins: 1, keeps: 0 });
    time.now += 2 * HOUR;
    expect(await make().token()).toEqual({ kind: "token", token: "token 1" });
    expect(seen).toEqual({ logins: 1, keeps: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("lives on when a prolongation finds nobody, and is begun anew when it is refused or over", async () => {
    const { seen, time, keep, make } = place();
    await make().token();
    time.now += 7 * HOUR;
    keep.reply = { kind: "failed", code: "READ_TIMEOUT", detail: "" };
    expect(await make().token()).toEqual({ kind: "token", token: "token 1" });
    keep.reply = { kind: "denied", code: "NO_SESSION" };
    expect(await make().token()).toEqual({ kind: "token", token: "token 2" });
    time.now += 13 * HOUR;
    await make().token();
    expect(seen.logins).toBe(3);
  });

  it("makes five logins in ten minutes and not a sixth", async () => {
    const { seen, time, make } = place();
    const session = make();
    let token = "";
    for (let i = 0; i < 9; i++) {
      const reply = await session.replace(token);
      if (reply.kind === "token") token = reply.token;
      else expect(reply).toMatchObject({ kind: "unauthorised", code: "LOGIN_LIMIT" });
    }
    expect(seen.logins).toBe(5);
    time.now += 10 * 60_000;
    expect((await session.replace(token)).kind).toBe("token");
  });

  it("waits out a ban", async () => {
    const { seen, time, make } = place(sessionMemory(), [
      { kind: "denied", code: "TEMPORARY_BAN_TOO_MANY_REQUESTS" },
    ]);
    for (let i = 0; i < 5; i++) expect((await make().token()).kind).toBe("unauthorised");
    expect(seen.logins).toBe(1);
    time.now += 20 * 60_000;
    expect((await make().token()).kind).toBe("token");
  });

  it("does not try a wrong password twice, nor for the next run, until the credentials change", async () => {
    const { seen, time, make } = place(sessionMemory(), [
      { kind: "denied", code: "INVALID_USERNAME_OR_PASSWORD" },
    ]);
    await make().token();
    time.now += 48 * HOUR;
    expect(await make().token()).toMatchObject({
      kind: "unauthorised",
      code: "INVALID_USERNAME_OR_PASSWORD",
    });
    expect(seen.logins).toBe(1);
    expect((await make(2).token()).kind).toBe("token");
  });

  it("passes on that a login found nobody", async () => {
    const { make } = place(sessionMemory(), [{ kind: "failed", code: "HTTP_503", detail: "" }]);
    expect(await make().token()).toMatchObject({ kind: "failed", code: "HTTP_503" });
  });

  it("counts a damaged file as none", async () => {
    const path = scratch(`session-${++made}.json`);
    writeFileSync(path, '{"token": 7');
    const { seen, make } = place(sessionFile(path));
    await make().token();
    expect(seen.logins).toBe(1);
  });
});
