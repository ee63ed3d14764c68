import { beforeAll, describe, expect, it } from "vitest";
import { each, workplace } from "./binary.js";
import { jsonFault, preparePlace, QUESTIONS, quietFault, SHOWN } from "./questions.js";

const place = workplace();

beforeAll(() => preparePlace(place));

describe("every command's answer", () => {
  it("is one JSON document with a schema and no colour, even where colour is forced", async () => {
    const faults = await each(QUESTIONS, (question) => jsonFault(place, question));
    expect(faults.filter(Boolean)).toEqual([]);
  }, 180_000);

  it("is all that is said with --quiet, and has no escape in it", async () => {
    const faults = await each(SHOWN, (question) => quietFault(place, question));
    expect(faults.filter(Boolean)).toEqual([]);
  }, 180_000);
});
