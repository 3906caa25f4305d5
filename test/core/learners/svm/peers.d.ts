/** The part of libsvm-js 0.2.1, which ships no types, that the tests use. */
declare module 'libsvm-js/asm' {
  export default class SVM {
    constructor(options: {
      type: string;
      kernel: string;
      cost?: number;
      nu?: number;
      gamma: number;
      tolerance: number;
      weight?: Readonly<Record<string, number>>;
      quiet: boolean;
    });
    static readonly SVM_TYPES: { readonly C_SVC: string; readonly ONE_CLASS: string };
    static readonly KERNEL_TYPES: { readonly LINEAR: string; readonly RBF: string };
    train(rows: readonly number[][], labels: readonly number[]): void;
    /** LIBSVM's model file */
    serializeModel(): string;
    free(): void;
  }
}

/** The part of ml-svm 2.1.2, which ships no types, that the tests use. */
declare module 'ml-svm' {
  export default class SVM {
    constructor(options: {
      C: number;
      tol: number;
      maxPasses: number;
      maxIterations: number;
      alphaTol: number;
      kernel: 'rbf' | 'linear';
      kernelOptions?: { sigma: number };
      random: () => number;
      whitening: boolean;
    });
    /** @param labels 1 or -1 */
    train(rows: readonly number[][], labels: readonly number[]): void;
    margin(rows: readonly number[][]): number[];
  }
}
