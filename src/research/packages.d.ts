// What is used of two packages: ml-regression ships no types, and danfojs-node may not be installed.

declare module "ml-regression" {
  export class MultivariateLinearRegression {
    constructor(x: readonly (readonly number[])[], y: readonly (readonly number[])[]);
    /** A row a predictor, the intercept last; a column a response. */
    readonly weights: readonly (readonly number[])[];
    /** In the order of `weights`. */
    readonly stdErrors: readonly number[];
    /** Residual standard deviation. */
    readonly stdError: number;
  }
}

declare module "danfojs-node" {
  export type Cell = string | number | boolean | null;

  export interface Grouped {
    agg(operations: Readonly<Record<string, readonly string[]>>): DataFrame;
  }

  export class Series {
    constructor(values: readonly number[]);
    mean(): number;
    std(): number;
    min(): number;
    max(): number;
    median(): number;
    sum(): number;
  }

  export class DataFrame {
    constructor(values: readonly (readonly Cell[])[], options: { readonly columns: readonly string[] });
    readonly columns: readonly string[];
    readonly values: readonly (readonly Cell[])[];
    groupby(keys: readonly string[]): Grouped;
  }

  export function toExcel(
    frame: DataFrame,
    options: { readonly filePath: string; readonly sheetName: string },
  ): void;
}
