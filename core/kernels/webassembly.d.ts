// The part of the WebAssembly JavaScript interface (https://www.w3.org/TR/wasm-js-api-2/) that core uses. TypeScript keeps it
// among the browser's types, which core must not see.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: ArrayBuffer | ArrayBufferView);
  }

  class Instance {
    constructor(module: Module);
    readonly exports: Record<string, unknown>;
  }

  interface Memory {
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB and detaches the former `buffer`. */
    grow(pages: number): number;
  }
}
