/** Why a whole file was not opened up. Names are stable: reports and tests count by them. */
export const FILE_RULES = {
  "packed-zip": "a zip archive, whatever its method: unpack it first",
  "packed-xz": "an xz archive: unpack it first",
  "packed-too-deep": "archives in archives in archives",
  unreadable: "damaged before anything could be read, hostile, or not permitted",
  "not-a-file": "a link, a device, or a name in a tar that leaves its folder",
} as const;

export type FileRule = keyof typeof FILE_RULES;

export interface RefusedEntry {
  readonly kind: "refused";
  readonly name: string;
  readonly rule: FileRule;
  readonly why: string;
}

export function refused(name: string, rule: FileRule, why: string): RefusedEntry {
  return { kind: "refused", name, rule, why };
}
