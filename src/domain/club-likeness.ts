import { similarity } from "../core/text.js";
import { nameWords } from "./club-name.js";

/** A known club that an unknown name may mean. `likeness`: 0 to 1. */
export interface NameSuggestion {
  readonly name: string;
  readonly likeness: number;
}

/** From this likeness on a suggestion is made; docs/sources/matching.md has the precision and recall it gives. */
export const SUGGESTION_FLOOR = 0.6;

/** Kinds of club, towns' articles and founding years: they help nobody to tell clubs apart. */
const COMMON = new Set(
  (
    "1 ac aca acf ad afc ago aik and as asd bc bk bsc ca calcio cd cf cfc cfr club clube cp cs cska csm csu da de del der do dos " +
    "e ec el esporte fa fbpa fc ff fk fsv futbol futebol football if ik jk kf ks kv la le los msk nd nk ogc osc pae pfc rc " +
    "rcd rsc sad sc scp sd sk spvgg ss ssc sv tsg tsv ud us vfb vfl vv"
  ).split(" "),
);

/** Words that stand for each other. */
const SAME_WORDS: ReadonlyMap<string, string> = new Map([
  ["st", "saint"],
  ["sint", "saint"],
  ["sankt", "saint"],
  ["utd", "united"],
  ["ii", "b"],
]);

/** Teams of the same club that are not its first. A name with one of these is no name without it. */
const SQUADS =
  /^(?:u\d\d|ii|iii|b|c|women|woman|ladies|femenino|feminine|frauen|wfc|w|youth|reserves?|academy)$/;

/** A second club this near to the first, by ratio, makes it a guess which of the two is meant. */
const AMBIGUOUS = 0.85;

/** The club a name most likely means; null when none is like it, or two are about as much. */
export function likelyClub(name: string, known: readonly string[]): NameSuggestion | null {
  const [first, second] = suggestClubs(name, known);
  return first && !(second && second.likeness > AMBIGUOUS * first.likeness) ? first : null;
}

/**
 * The known clubs an unknown name may mean, the likeliest first; those below `SUGGESTION_FLOOR` are left out.
 *
 * A likeness is the weight of the words both names share over the weight of all words of the known name and two fifths
 * that of the unknown name's other words. Words weigh by how few of the known names have them (Sparck Jones, J. Doc.
 * 28, 1972): "United" tells little, "Sheffield" much. Words are shared when they are equal, one shortens the other
 * ("Man", "Nott'm", "QPR") or a typing slip lies between them.
 * Never a reason to take two names for one club: only a person's word is.
 */
export function suggestClubs(name: string, known: readonly string[]): NameSuggestion[] {
  const shelf = known.map((club) => ({ club, words: tellingWords(club), all: likeWords(club) }));
  const weight = wordWeights(shelf.map(({ words }) => words));
  const words = tellingWords(name);
  const all = likeWords(name);
  return shelf
    .filter((candidate) => squadOf(candidate.all) === squadOf(all))
    .map(({ club, words: theirs, all: theirAll }) => ({
      name: club,
      likeness: Math.max(sharedWeight(words, theirs, weight), joined(all, theirAll)),
    }))
    .filter(({ likeness }) => likeness >= SUGGESTION_FLOOR)
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1));
}

/** Weight of the unknown name's words that no word of the known name answers to. */
const OTHER_WORDS = 0.4;

function sharedWeight(
  words: readonly string[],
  theirs: readonly string[],
  weight: (word: string) => number,
): number {
  const left = new Set(words);
  let shared = 0;
  let whole = 0;
  for (const their of theirs) {
    const [best, likeness] = mostLike(their, left);
    whole += weight(their);
    if (best === null) continue;
    left.delete(best);
    shared += weight(their) * likeness;
  }
  for (const word of left) whole += OTHER_WORDS * weight(word);
  return whole === 0 ? 0 : shared / whole;
}

function mostLike(word: string, among: ReadonlySet<string>): readonly [string | null, number] {
  let best: string | null = null;
  let most = 0;
  for (const other of among) {
    const likeness = wordLikeness(word, other);
    if (likeness > most) [best, most] = [other, likeness];
  }
  return [best, most];
}

const SLIP = 0.8;
/** A slip in the first letter is rare, and Northampton is not Southampton. */
const SLIP_AT_START = 0.9;

/** 1 for equal words; less for a shortened one and for a slip; 0 for two words. */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.startsWith(short.replace(/(?<=.{3})s$/, "")))
    return short.length >= 3 ? 0.95 : 0.85;
  const alike = similarity(a, b);
  if (alike >= (a[0] === b[0] ? SLIP : SLIP_AT_START)) return alike;
  return isContraction(short, long) ? 0.85 : 0;
}

/** "nottm" for "nottingham": the letters in their order, the first the same, and more than a chance. */
function isContraction(short: string, long: string): boolean {
  if (short.length < 4 || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length && short.length * 2 >= long.length;
}

/** "QPR" is "Queens Park Rangers", "PSG" is "Paris SG", "HamKam" is "Ham-Kam". */
function joined(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.join("") === long.join("")) return 1;
  const word = short.length === 1 ? (short[0] ?? "") : "";
  const letters = long.map((part) => (part.length <= 2 ? part : part[0])).join("");
  return word.length >= 3 && letters === word ? 0.85 : 0;
}

function tellingWords(name: string): string[] {
  const words = likeWords(name);
  const telling = words.filter((word) => !COMMON.has(word) && !/^\d{2,4}$/.test(word));
  return telling.length > 0 ? telling : words;
}

function likeWords(name: string): string[] {
  return nameWords(name).map((word) => SAME_WORDS.get(word) ?? word);
}

function squadOf(words: readonly string[]): string {
  return words.filter((word, at) => at > 0 && SQUADS.test(word)).join(" ");
}

function wordWeights(names: readonly (readonly string[])[]): (word: string) => number {
  const bearers = new Map<string, number>();
  for (const words of names)
    for (const word of new Set(words)) bearers.set(word, (bearers.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + names.length / (bearers.get(word) ?? 1));
}
