import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alertsIn, type Situation } from "../../src/trader/alerts/evaluate.js";
import { noticesOf } from "../../src/trader/alerts/memory.js";
import { tellNotice } from "../../src/trader/alerts/notify.js";
import { readAlertPlan } from "../../src/trader/alerts/read-rules.js";
import type { AlertRule } from "../../src/trader/alerts/rule.js";
import { crontabLines, systemdUnits } from "../../src/trader/cron.js";
import { AMOUNT_LIMITS, DEFAULT_LIMITS } from "../../src/trader/limits.js";
import { refuseUnready } from "../../src/trader/live-gates.js";
import { readLimits } from "../../src/trader/read-limits.js";
import type { Standing } from "../../src/trader/standing.js";
import { NOON } from "./bets.js";

const HOUR = 3_600_000;
const STANDING: Standing = {
  lastRunAt: NOON - 3 * HOUR,
  open: 2,
  riskMinor: 60_000,
  unknown: 1,
  todayMinor: 0,
  profitMinor: -100,
  drawdownMinor: 25_000,
  oldestOpenStart: NOON - 50 * HOUR,
  entries: 9,
};
const SITUATION: Situation = {
  now: NOON,
  lastPriceAt: NOON - 25 * HOUR,
  quarantined: 101,
  standings: new Map([["paper", STANDING]]),
};
const rule = (kind: AlertRule["kind"], above: number, mode: AlertRule["mode"] = "paper"): AlertRule => ({
  kind,
  mode,
  above,
  severity: "warning",
});

describe("alert rules", () => {
  it("are each broken by more than they allow, and not by as much", () => {
    const limits: readonly [AlertRule["kind"], number][] = [
      ["stale-odds", 25],
      ["missed-run", 3],
      ["quarantine", 101],
      ["drawdown", 250],
      ["exposure", 600],
      ["unsettled", 50],
      ["unknown", 1],
    ];
    for (const [kind, value] of limits) {
      expect([kind, alertsIn([rule(kind, value)], SITUATION)]).toEqual([kind, []]);
      const [alert] = alertsIn([rule(kind, value - 0.5)], SITUATION);
      expect([kind, alert?.value]).toEqual([kind, value]);
    }
  });

  it("take a ledger that is not there for never run", () => {
    expect(alertsIn([rule("missed-run", 1000, "live"), rule("unknown", 0, "live")], SITUATION)).toMatchObject(
      [{ name: "missed-run live", text: "the last run on live was never" }],
    );
  });

  it("are read with the place of what is wrong", () => {
    const plan = readAlertPlan(
      "rules:\n  - { kind: unknown, mode: live, above: 0, severity: critical }\n",
      "a.yaml",
    );
    expect(plan.rules).toEqual([{ kind: "unknown", mode: "live", above: 0, severity: "critical" }]);
    expect(() => readAlertPlan("rules:\n  - { kind: unknwon }\n", "a.yaml")).toThrow(
      /^a\.yaml:2:\d+ rules\.0\.kind is one of/,
    );
    expect(() => readAlertPlan("notify: { webhook: 'http://example.org' }", "a.yaml")).toThrow(
      "https address",
    );
  });

  it("are told once, again when they stand long, and once when they are over", () => {
    const alerts = alertsIn([rule("unknown", 0)], SITUATION);
    const first = noticesOf(alerts, {}, NOON, 24);
    expect(first.notices.map(({ kind }) => kind)).toEqual(["alert"]);
    const second = noticesOf(alerts, first.memory, NOON + HOUR, 24);
    expect(second.notices).toEqual([]);
    const third = noticesOf(alerts, second.memory, NOON + 24 * HOUR, 24);
    expect(third.notices).toMatchObject([{ kind: "still", since: NOON }]);
    const over = noticesOf([], third.memory, NOON + 25 * HOUR, 24);
    expect(over).toMatchObject({ notices: [{ kind: "recovered", since: NOON }], memory: {} });
  });

  it("reach a command without a shell and a webhook, and say who did not hear", async () => {
    const folder = mkdtempSync(join(tmpdir(), "statistico-alerts-"));
    const bodies: string[] = [];
    const server = createServer((request, reply) => {
      request.on("data", (chunk) => bodies.push(String(chunk)));
      request.on("end", () => reply.writeHead(request.url === "/ok" ? 204 : 500).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const notice = {
      kind: "alert",
      name: "unknown paper",
      severity: "critical",
      text: "$(touch x)",
      since: NOON,
    } as const;
    const plan = { rules: [], repeatHours: 24 };
    const out = join(folder, "told");
    const script = `require("node:fs").writeFileSync(process.argv[1], require("node:fs").readFileSync(0))`;
    const told = await tellNotice(notice, {
      ...plan,
      command: [process.execPath, "-e", script, out],
      webhook: `http://127.0.0.1:${port}/ok`,
    });
    expect(told).toEqual([]);
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
      schema: "statistico/alert@1",
      text: "$(touch x)",
    });
    expect(JSON.parse(bodies.join(""))).toMatchObject({ name: "unknown paper" });
    const unheard = await tellNotice(notice, {
      ...plan,
      command: ["/nowhere/to/be/found"],
      webhook: `http://127.0.0.1:${port}/secret-token`,
    });
    expect(unheard).toHaveLength(2);
    expect(unheard.join()).not.toContain("secret-token");
    server.close();
    rmSync(folder, { recursive: true });
  });
});

describe("limits from a file", () => {
  it("are amounts in currency and times in seconds", () => {
    expect(readLimits("perBet: 12.5\nmaxPriceAge: 20\nmaxUnknown: 0\n", "l.yaml")).toEqual({
      ...DEFAULT_LIMITS,
      perBetMinor: 1250,
      maxPriceAgeMs: 20_000,
      maxUnknown: 0,
    });
  });

  it("refuse what is no limit, with its place", () => {
    expect(() => readLimits("perBte: 10\n", "l.yaml")).toThrow("l.yaml:1:1 unknown limit, was perBte");
    expect(() => readLimits("perDay: 1\nperBet: -1\n", "l.yaml")).toThrow(
      /^l\.yaml:2:\d+ perBet is an amount/,
    );
    expect(() => readLimits("perBet: 0.001\n", "l.yaml")).toThrow("perBet is an amount");
    expect(() => readLimits("__proto__: { perBet: 1 }\n", "l.yaml")).toThrow("l.yaml:1:");
  });
});

describe("the gates of live trading", () => {
  const all = { ...DEFAULT_LIMITS, ...Object.fromEntries(AMOUNT_LIMITS.map((name) => [name, 1000])) };
  const strategy = (enabled: boolean) => [{ file: "v.yaml", strategy: { name: "value", live: { enabled } } }];

  it("open only together", () => {
    expect(() => refuseUnready(strategy(false), all, "ME")).toThrow("does not say live.enabled");
    expect(() => refuseUnready(strategy(true), null, "ME")).toThrow("needs limits");
    for (const name of AMOUNT_LIMITS)
      expect(() => refuseUnready(strategy(true), { ...all, [name]: null }, "ME")).toThrow(
        `was without ${name.replace("Minor", "")}`,
      );
    expect(() => refuseUnready(strategy(true), all, undefined)).toThrow("account's name");
    expect(() => refuseUnready(strategy(true), all, "ME")).not.toThrow();
  });
});

describe("lines for the clock", () => {
  const jobs = [
    { name: "trade", minutes: { every: 10 }, words: ["/usr/bin/node", "a b.yaml", "50%", "it's"] },
    { name: "ingest", minutes: { daily: 375 }, words: ["x"] },
    { name: "settle", minutes: { every: 60 }, words: ["y"] },
  ] as const;

  it("are quoted for a shell and for cron", () => {
    expect(crontabLines(jobs, "/home/me")).toBe(
      [
        "# statistico: paste into crontab -e",
        "*/10 * * * * cd /home/me && /usr/bin/node 'a b.yaml' '50\\%' 'it'\\''s'",
        "15 6 * * * cd /home/me && x",
        "7 * * * * cd /home/me && y",
        "",
      ].join("\n"),
    );
  });

  it("catch up after sleep and take a held lock for no failure", () => {
    const units = systemdUnits(jobs, "/home/me");
    expect(units.match(/Persistent=true/g)).toHaveLength(3);
    expect(units.match(/SuccessExitStatus=75/g)).toHaveLength(3);
    expect(units).toContain('ExecStart=/usr/bin/node "a b.yaml" 50%% "it\'s"');
    expect(units).toContain("OnCalendar=*-*-* 06:15:00");
  });
});
