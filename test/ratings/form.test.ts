import { describe, expect, it } from "vitest";
import { addForm, formOf, newFormBook } from "../../src/ratings/form.js";
import { played, team } from "./support.js";

const match = (id: number, home: string, away: string, goals: [number, number], season = 2018) =>
  played({ id, day: 17_700 + id, home, away, goals, season });

describe("formOf", () => {
  it("averages the last games, venue regardless, and forgets older ones", () => {
    const book = newFormBook(2);
    addForm(book, match(1, "A", "B", [9, 9]));
    addForm(book, match(2, "A", "C", [1, 0]));
    addForm(book, match(3, "D", "A", [4, 2]));
    expect(formOf(book, team("A").id, 2018)).toEqual({ scored: 1.5, conceded: 2, known: 2 });
  });

  it("fills missing games with the division's mean", () => {
    const book = newFormBook(4);
    addForm(book, match(1, "A", "B", [3, 1]));
    // Mean 4 goals / 2 sides = 2. A: (3 + 3 x 2) / 4 and (1 + 3 x 2) / 4; a stranger is all mean.
    expect(formOf(book, team("A").id, 2018)).toEqual({ scored: 2.25, conceded: 1.75, known: 1 });
    expect(formOf(book, team("Z").id, 2018)).toEqual({ scored: 2, conceded: 2, known: 0 });
  });

  it("carries form into the next season and drops it after a season elsewhere", () => {
    const book = newFormBook(1);
    addForm(book, match(1, "A", "B", [5, 0], 2016));
    addForm(book, match(2, "C", "D", [1, 0], 2018));
    expect(formOf(book, team("A").id, 2017).scored).toBe(5);
    expect(formOf(book, team("A").id, 2018)).toMatchObject({ scored: 1.5, known: 0 });
    addForm(book, match(3, "A", "C", [2, 2], 2018));
    expect(formOf(book, team("A").id, 2018)).toEqual({ scored: 2, conceded: 2, known: 1 });
  });
});
