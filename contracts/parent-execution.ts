/** By this key an execution that starts another one tells Step Functions so; the console's examples all have it. */
const PARENT = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

/** The input of an execution without the name of the one that started it. */
export function withoutParent(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, PARENT)) return input;
  const { [PARENT]: _, ...rest } = input as Record<string, unknown>;
  return rest;
}
