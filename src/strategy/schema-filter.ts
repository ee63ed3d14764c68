import * as z from "zod";

export const FORM_STATISTICS = [
  "goals",
  "points",
  "shots",
  "shotsOnTarget",
  "corners",
  "fouls",
  "cards",
  "yellowCards",
  "redCards",
  "offsides",
  "woodwork",
  "bookingPoints",
] as const;

const names = z.array(z.string().min(1).max(60)).min(1).max(200);
const count = z.int().min(1).max(100);

/** One entry of `filters`: flat in the file, whatever it asks for. */
export const filterSchema = z
  .strictObject({
    team: z.enum(["home", "away"]).optional(),
    stat: z.enum(FORM_STATISTICS).optional(),
    result: z.enum(["win", "lose", "draw", "win-or-draw", "lose-or-draw", "win-or-lose"]).optional(),
    oneOf: names.optional(),
    noneOf: names.optional(),
    rating: z.enum(["home", "away", "total", "difference"]).optional(),
    action: z.enum(["for", "against", "combined", "difference"]).optional(),
    measure: z.enum(["total", "average", "every"]).optional(),
    games: count.optional(),
    minGames: count.optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    venue: z.enum(["home", "away", "any"]).optional(),
    within: z.enum(["season", "overall"]).optional(),
    leagues: names.optional(),
  })
  .superRefine((value, context) => {
    for (const message of filterFaults(value)) context.addIssue({ code: "custom", message });
  });

export type FilterShape = z.output<typeof filterSchema>;

type Key = keyof FilterShape;

/** What each kind of filter is known by, must have and may have besides. */
const SUBJECTS = ["stat", "result", "oneOf", "noneOf", "rating"] as const satisfies readonly Key[];
const WINDOW = ["minGames", "venue", "within", "leagues"] as const satisfies readonly Key[];
const RANGE = ["atLeast", "atMost"] as const satisfies readonly Key[];
const KINDS: Readonly<
  Record<(typeof SUBJECTS)[number], { readonly must: readonly Key[]; readonly may: readonly Key[] }>
> = {
  stat: { must: ["team", "games"], may: [...WINDOW, ...RANGE, "action", "measure"] },
  result: { must: ["team", "games"], may: WINDOW },
  oneOf: { must: ["team"], may: ["leagues"] },
  noneOf: { must: ["team"], may: ["leagues"] },
  rating: { must: [], may: [...RANGE, "leagues"] },
};

function filterFaults(value: FilterShape): string[] {
  const subjects = SUBJECTS.filter((key) => value[key] !== undefined);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1)
    return [`must have exactly one of ${SUBJECTS.slice(0, -1).join(", ")} or ${SUBJECTS.at(-1)}`];
  return [...keyFaults(value, subject), ...rangeFaults(value, subject), ...gameFaults(value)];
}

function keyFaults(value: FilterShape, subject: (typeof SUBJECTS)[number]): string[] {
  const { must, may } = KINDS[subject];
  const allowed = new Set<string>([subject, ...must, ...may]);
  const missing = must.filter((key) => value[key] === undefined);
  const extra = Object.entries(value).filter(([key, given]) => given !== undefined && !allowed.has(key));
  return [
    ...missing.map((key) => `must have ${key} beside ${subject}`),
    ...(extra.length > 0 ? [`must not have ${extra.map(([key]) => key).join(", ")} beside ${subject}`] : []),
  ];
}

function rangeFaults({ atLeast, atMost }: FilterShape, subject: string): string[] {
  const ranged = atLeast !== undefined || atMost !== undefined;
  if (!ranged && (subject === "stat" || subject === "rating"))
    return [`must have atLeast or atMost beside ${subject}`];
  return atLeast !== undefined && atMost !== undefined && atLeast > atMost
    ? ["must have atLeast <= atMost"]
    : [];
}

function gameFaults({ games, minGames }: FilterShape): string[] {
  return games !== undefined && minGames !== undefined && minGames > games
    ? ["must have minGames <= games"]
    : [];
}
