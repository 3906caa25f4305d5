/** What the process that does the work tells the one that started it: once, at its end. */
export type WorkerAnswer =
  | { readonly result: object }
  | { readonly error: { readonly name: string; readonly message: string } };
