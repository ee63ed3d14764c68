/** Something to be run by the clock. */
export interface Job {
  readonly name: string;
  /** Every so many minutes of an hour, or once a day at a minute of it, UTC or local as the clock of cron is. */
  readonly minutes: { readonly every: number } | { readonly daily: number };
  readonly words: readonly string[];
}

/**
 * Lines for `crontab -e`.
 *
 * Runs that overlap are harmless: the second exits 75 and says so. A machine that slept runs late, and a fixture that
 * was due in between is still decided once.
 */
export function crontabLines(jobs: readonly Job[], folder: string): string {
  const lines = jobs.map(({ minutes, words }) => {
    const line = `cd ${quoted(folder)} && ${words.map(quoted).join(" ")}`;
    // cron takes a bare % for the end of the line.
    return `${when(minutes)} ${line.replaceAll("%", "\\%")}`;
  });
  return `${["# statistico: paste into crontab -e", ...lines].join("\n")}\n`;
}

function when(minutes: Job["minutes"]): string {
  if ("daily" in minutes) return `${minutes.daily % 60} ${Math.floor(minutes.daily / 60)} * * *`;
  return minutes.every === 60 ? "7 * * * *" : `*/${minutes.every} * * * *`;
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Units for `systemctl --user`, one after the other, each under its file's name. */
export function systemdUnits(jobs: readonly Job[], folder: string): string {
  return jobs.flatMap((job) => [serviceUnit(job, folder), timerUnit(job)]).join("\n");
}

/** Exit code 75 is another run at work, not a failure. */
function serviceUnit({ name, words }: Job, folder: string): string {
  return `# ~/.config/systemd/user/statistico-${name}.service
[Unit]
Description=statistico ${name}

[Service]
Type=oneshot
WorkingDirectory=${folder.replaceAll("%", "%%")}
ExecStart=${words.map(unitWord).join(" ")}
SuccessExitStatus=75
UMask=0077
TimeoutStopSec=60
`;
}

function timerUnit({ name, minutes }: Job): string {
  return `# ~/.config/systemd/user/statistico-${name}.timer
[Unit]
Description=statistico ${name}, by the clock

[Timer]
OnCalendar=${calendar(minutes)}
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
`;
}

function calendar(minutes: Job["minutes"]): string {
  if (!("daily" in minutes)) return minutes.every === 60 ? "*-*-* *:07:00" : `*-*-* *:0/${minutes.every}:00`;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `*-*-* ${two(Math.floor(minutes.daily / 60))}:${two(minutes.daily % 60)}:00`;
}

/** A word as systemd reads it: quoted, and neither a specifier nor a variable. */
function unitWord(word: string): string {
  const plain = word.replaceAll("%", "%%").replaceAll("$", "$$$$");
  return /^[A-Za-z0-9_./:=@+%$-]+$/.test(plain)
    ? plain
    : `"${plain.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
