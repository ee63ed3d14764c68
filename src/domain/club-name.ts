/** Letters that no decomposition takes the stroke from. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

/** Words that say "football club" and nothing else. "AFC" may begin a name of its own: AFC Wimbledon. */
const ANYWHERE = new Set(["fc", "cf"]);
const AT_THE_END = new Set(["afc"]);

/** The words of a name: lower case, without accents and punctuation. "Brighton & Hove" is brighton, and, hove. */
export function nameWords(name: string): string[] {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøłđðþæœı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/&/g, " and ")
    .replace(/['’`´.]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/**
 * A name as it is compared: its words without "FC" and "CF" wherever they stand and a last "AFC".
 *
 * Two names that are equal so are taken to be one club when only one club of the country bears the name. Nothing that
 * tells clubs apart is dropped: "Dundee" is not "Dundee United", "Arsenal U23" not "Arsenal". A name of nothing but
 * such words stays as it is.
 */
export function normalName(name: string): string {
  const words = nameWords(name);
  const kept = words.filter(
    (word, at) => !ANYWHERE.has(word) && !(AT_THE_END.has(word) && at === words.length - 1),
  );
  return (kept.length > 0 ? kept : words).join(" ");
}
