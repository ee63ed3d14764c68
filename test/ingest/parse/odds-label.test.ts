import { describe, expect, it } from "vitest";
import { oddsLabels } from "../../../src/ingest/parse/odds-label.js";
import { compileOdds } from "../../../src/ingest/parse/price-group.js";

function positions(names: string): ReadonlyMap<string, number> {
  return new Map(names.split(",").map((name, index) => [name, index]));
}

function read(names: string, allClose = false): string[] {
  return oddsLabels(positions(names), allClose).map(
    ({ label, source, market, runner, moment }) => `${label}: ${source} ${moment} ${market} ${runner}`,
  );
}

describe("oddsLabels", () => {
  it("reads the grammar", () => {
    expect(read("B365H,B365CD,P>2.5,PC<2.5,GBAHH,PCAHA,BbMx<2.5")).toEqual([
      "B365H: B365 early MATCH_ODDS HOME",
      "B365CD: B365 close MATCH_ODDS DRAW",
      "P>2.5: PS early OVER_UNDER_25 OVER",
      "PC<2.5: PS close OVER_UNDER_25 UNDER",
      "GBAHH: GB early ASIAN_HANDICAP HOME",
      "PCAHA: PS close ASIAN_HANDICAP AWAY",
      "BbMx<2.5: BbMx early OVER_UNDER_25 UNDER",
    ]);
  });

  it("tells books from moments and outcomes that share letters", () => {
    // BFD is the draw of BF, BFDD the draw of BFD, VCH the early home of VC, VCCH its close, BFECA the exchange's close.
    expect(read("BFH,BFD,BFA,BFDH,BFDD,BFDA,BFDCD,VCH,VCCH,BFECA,BFCA,BVD,CLCH")).toEqual([
      "BFH: BF early MATCH_ODDS HOME",
      "BFD: BF early MATCH_ODDS DRAW",
      "BFA: BF early MATCH_ODDS AWAY",
      "BFDH: BFD early MATCH_ODDS HOME",
      "BFDD: BFD early MATCH_ODDS DRAW",
      "BFDA: BFD early MATCH_ODDS AWAY",
      "BFDCD: BFD close MATCH_ODDS DRAW",
      "VCH: VC early MATCH_ODDS HOME",
      "VCCH: VC close MATCH_ODDS HOME",
      "BFECA: BFE close MATCH_ODDS AWAY",
      "BFCA: BF close MATCH_ODDS AWAY",
      "BVD: BV early MATCH_ODDS DRAW",
      "CLCH: CL close MATCH_ODDS HOME",
    ]);
  });

  it("keeps a book that nobody knows under its own code when the market is whole", () => {
    expect(read("XQH,XQD,XQA,XQCH,XQCD,XQCA,YQH,YQD").map((text) => text.slice(0, 14))).toEqual([
      "XQH: XQ early ",
      "XQD: XQ early ",
      "XQA: XQ early ",
      "XQCH: XQ close",
      "XQCD: XQ close",
      "XQCA: XQ close",
    ]);
  });

  it("takes an unknown stem in C for a close unless its own close is there", () => {
    expect(read("ZCH,ZCD,ZCA")[0]).toBe("ZCH: Z close MATCH_ODDS HOME");
    expect(read("ZCH,ZCD,ZCA,ZCCH,ZCCD,ZCCA")[0]).toBe("ZCH: ZC early MATCH_ODDS HOME");
  });

  it("reads no statistic, count or team as a price", () => {
    const others =
      "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,Referee,HS,AS,HST,AST,HHW,AHW,HO,AO,HBP";
    expect(
      read(`${others},Bb1X2,BbOU,BbAH,AHh,AHCh,BbAHh,B365AH,GBAH,__proto__,constructor,Attendance`),
    ).toEqual([]);
  });

  it("is all close in the extra-leagues files", () => {
    expect(read("PH,MaxD,AvgA,PSCH", true)).toEqual([
      "PH: PS close MATCH_ODDS HOME",
      "MaxD: Max close MATCH_ODDS DRAW",
      "AvgA: Avg close MATCH_ODDS AWAY",
      "PSCH: PS close MATCH_ODDS HOME",
    ]);
  });
});

describe("compileOdds", () => {
  it("puts every handicap on its own line, else on the file's of that moment", () => {
    const layout = compileOdds(positions("GBAHH,GBAHA,GBAH,AHh,PAHH,PAHA,AHCh,PCAHH,PCAHA"), false);
    const lines = layout.handicaps.map(({ label, groups }) => [
      label,
      groups.map(({ source }) => source.code),
    ]);
    expect(lines).toEqual([
      ["GBAH", ["GB"]],
      ["AHh", ["PS"]],
      ["AHCh", ["PS"]],
    ]);
    const betbrain = compileOdds(positions("BbAHh,BbMxAHH,BbMxAHA"), false);
    expect(betbrain.handicaps.map(({ label }) => label)).toEqual(["BbAHh"]);
  });

  it("says which handicaps have no line, and which books it does not know", () => {
    const { notes, handicaps } = compileOdds(positions("PCAHH,PCAHA,AHh,QQH,QQD,QQA"), false);
    expect(handicaps).toEqual([]);
    expect(notes.map(({ rule, column }) => `${rule} ${column}`)).toEqual([
      "unknown-book QQH",
      "handicap-without-line PCAHH",
    ]);
  });

  it("knows an exchange and an aggregate from a book", () => {
    const { plain } = compileOdds(
      positions("BFEH,BFED,BFEA,BFH,BFD,BFA,MaxH,MaxD,MaxA,BbAv>2.5,BbAv<2.5"),
      false,
    );
    expect(plain.map(({ source }) => `${source.code} ${source.kind}`)).toEqual([
      "BFE exchange",
      "BF bookmaker",
      "Max aggregate",
      "BbAv aggregate",
    ]);
  });

  it("reads the same price once when two columns hold it", () => {
    const { plain } = compileOdds(positions("PSCH,PSCD,PSCA,PH,PD,PA"), true);
    expect(plain.map(({ columns }) => columns.map(({ label }) => label))).toEqual([["PSCH", "PSCD", "PSCA"]]);
  });
});
