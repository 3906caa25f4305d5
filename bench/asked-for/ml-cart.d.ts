/** The part of ml-cart 2.1.1, which ships no types, that the benchmarks use. */
declare module 'ml-cart' {
  export class DecisionTreeClassifier {
    constructor(options: { gainThreshold?: number; maxDepth?: number; minNumSamples?: number });
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
}
