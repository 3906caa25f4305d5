import module from 'node:module';

/**
 * What aws-local-stepfunctions imports and a local run never uses: the AWS SDK, to call Lambda functions, and the
 * validator of definitions. They are nine tenths of the time that it takes to load.
 */
export const UNUSED_IMPORTS = /^(@aws-sdk\/client-lambda|@aws-sdk\/credential-providers|asl-validator)$/;

/** Has this process import a stub in their place. The bundle leaves them out when it is built. */
export function skipUnusedImports(): void {
  const url = new URL('./unused-import-stub.ts', import.meta.url).href;
  module.registerHooks?.({
    resolve: (specifier, context, next) =>
      UNUSED_IMPORTS.test(specifier) ? { url, shortCircuit: true } : next(specifier, context),
  });
}
