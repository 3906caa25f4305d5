/**
 * Stands for what the local engine imports for tasks that run in AWS, and to validate definitions (skip-unused-imports.ts).
 * No local run comes here: each of its tasks is a local step, and the definition is the CDK's own.
 */
class UnusedImport {
  constructor() {
    throw new Error('A local run calls no function of AWS Lambda.');
  }
}

export {
  UnusedImport as default,
  UnusedImport as fromCognitoIdentityPool,
  UnusedImport as InvokeCommand,
  UnusedImport as LambdaClient,
};
