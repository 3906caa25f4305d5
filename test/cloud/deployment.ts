import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, cdk, type Endpoint, REGION } from './cdk.ts';

const STACK = 'Counterpoise';
const NEXT_STAGE = 'NextStage';

/** What `cdk deploy` prints of the stack at its end, by the name of the output. */
export interface StackOutputs {
  readonly BucketName: string;
  readonly StateMachineArn: string;
  readonly BatchStateMachineArn: string;
}

/** next-stage.ts */
export interface NextStageOutputs {
  readonly PipelineArn: string;
  readonly EventsArn: string;
  readonly UploadsArn: string;
}

/** The stacks of one test run in an account: deployed as docs/deploying.md describes. */
export class Deployment {
  readonly #aws: Endpoint;
  readonly #folder: string;
  #destroying: Promise<void> | undefined;

  private constructor(aws: Endpoint, folder: string) {
    this.#aws = aws;
    this.#folder = folder;
  }

  /** @returns for an account that is bootstrapped */
  static async prepare(aws: Endpoint): Promise<Deployment> {
    const deployment = new Deployment(aws, await mkdtemp(join(aws.folder ?? tmpdir(), 'counterpoise-cloud-')));
    await deployment.#cdk('bootstrap', `aws://${ACCOUNT}/${REGION}`, '--output', join(deployment.#folder, 'bootstrap'));
    return deployment;
  }

  /** The app of cdk.json. @param context as after `-c` */
  deploy(...context: readonly string[]): Promise<StackOutputs> {
    return this.#deploy(STACK, context);
  }

  deployNextStage({ StateMachineArn, BucketName }: StackOutputs): Promise<NextStageOutputs> {
    const context = [`stateMachineArn=${StateMachineArn}`, `bucketName=${BucketName}`];
    return this.#deploy(NEXT_STAGE, context, '--app', 'node test/cloud/next-stage.ts');
  }

  /** Removes the stacks, by their names; once. */
  destroy(): Promise<void> {
    this.#destroying ??= this.#destroyBoth().finally(() => rm(this.#folder, { recursive: true, force: true }));
    return this.#destroying;
  }

  async #destroyBoth(): Promise<void> {
    for (const stack of [NEXT_STAGE, STACK].filter((each) => existsSync(this.#assembly(each)))) {
      await this.#cdk('destroy', stack, '--app', this.#assembly(stack), '--force');
    }
  }

  async #deploy<Outputs>(stack: string, context: readonly string[], ...more: readonly string[]): Promise<Outputs> {
    const outputs = join(this.#folder, `${stack}.json`);
    const files = ['--output', this.#assembly(stack), '--outputs-file', outputs];
    const settings = context.flatMap((each) => ['--context', each]);
    await this.#cdk('deploy', stack, ...files, '--require-approval', 'never', ...settings, ...more);
    return JSON.parse(await readFile(outputs, 'utf8'))[stack];
  }

  #assembly(stack: string): string {
    return join(this.#folder, stack);
  }

  #cdk(...args: readonly string[]): Promise<void> {
    return cdk(this.#aws, this.#folder, ...args);
  }
}
