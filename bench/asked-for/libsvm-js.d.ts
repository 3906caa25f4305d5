/** The part of libsvm-js 0.2.1, which ships no types, that the benchmarks use: its WebAssembly build. */
declare module 'libsvm-js' {
  interface Machine {
    train(rows: readonly number[][], labels: readonly number[]): void;
    free(): void;
  }
  interface MachineClass {
    readonly SVM_TYPES: { readonly C_SVC: string };
    readonly KERNEL_TYPES: { readonly RBF: string };
    new (options: {
      type: string;
      kernel: string;
      cost: number;
      gamma: number;
      tolerance: number;
      /** megabytes */
      cacheSize: number;
      quiet: boolean;
    }): Machine;
  }
  const loaded: Promise<MachineClass>;
  export default loaded;
}
