import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  DescribeStateMachineCommand,
  type DescribeStateMachineCommandOutput,
  type ExecutionListItem,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CREDENTIALS, type Endpoint, REGION } from './cdk.ts';

/** A run takes a few seconds there, and waits for its turn on a busy machine. */
const RUN_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** What a user of the deployed stack does, at an endpoint, with one bucket. */
export class Cloud {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly lambda: LambdaClient;
  readonly bucket: string;

  constructor({ endpoint, certificate }: Endpoint, bucket: string) {
    const requestHandler = certificate ? { httpsAgent: { ca: readFileSync(certificate) } } : {};
    const options = { endpoint, region: REGION, credentials: CREDENTIALS, requestHandler };
    this.s3 = new S3Client({ ...options, forcePathStyle: true });
    this.sfn = new SFNClient(options);
    this.lambda = new LambdaClient(options);
    this.bucket = bucket;
  }

  uri(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }

  /** @returns the version */
  async upload(key: string, body: string | Uint8Array): Promise<string | undefined> {
    return (await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body }))).VersionId;
  }

  async read(key: string, versionId?: string): Promise<Uint8Array> {
    const version = versionId === undefined ? {} : { VersionId: versionId };
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, ...version }));
    if (!Body) throw new Error(`found no body at ${this.uri(key)}`);
    return Body.transformToByteArray();
  }

  /** A JSON document, or undefined where there is none. */
  async readJson(key: string): Promise<unknown> {
    try {
      return JSON.parse(Buffer.from(await this.read(key)).toString());
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Keys that begin with `prefix`, without it, in order. At most 1,000. */
  async keys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }));
    return Contents.map(({ Key = '' }) => Key.slice(prefix.length));
  }

  /** Starts an execution and waits for its end. */
  async run(stateMachineArn: string, input: unknown, name?: string): Promise<DescribeExecutionCommandOutput> {
    const asked = { stateMachineArn, input: JSON.stringify(input), ...(name ? { name } : {}) };
    const { executionArn = '' } = await this.sfn.send(new StartExecutionCommand(asked));
    return this.ended(executionArn);
  }

  ended(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    return eventually(`the end of ${executionArn}`, async () => {
      const execution = await this.sfn.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'RUNNING' ? undefined : execution;
    });
  }

  /** The inputs of all executions: of what an event starts, the events. */
  async inputs(stateMachineArn: string): Promise<unknown[]> {
    const executions = await this.executions(stateMachineArn);
    const described = executions.map(({ executionArn }) =>
      this.sfn.send(new DescribeExecutionCommand({ executionArn })),
    );
    return (await Promise.all(described)).map(({ input = '' }) => JSON.parse(input));
  }

  /** Invokes a function of the stack. @param named is in its name */
  async invoke(named: string, payload: unknown): Promise<unknown> {
    const { Functions = [] } = await this.lambda.send(new ListFunctionsCommand());
    const names = Functions.flatMap(({ FunctionName = '' }) => (FunctionName.includes(named) ? [FunctionName] : []));
    if (names.length !== 1) throw new Error(`found ${names.length} functions with ${named} in their name, needed 1`);
    const invoked = { FunctionName: names[0], Payload: JSON.stringify(payload) };
    const { Payload } = await this.lambda.send(new InvokeCommand(invoked));
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  }

  describe(stateMachineArn: string): Promise<DescribeStateMachineCommandOutput> {
    return this.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  }

  /** What the run of an upload is, once there is one. @param stem the beginning of the execution's name */
  async runOf(stateMachineArn: string, stem: string): Promise<DescribeExecutionCommandOutput> {
    const found = await eventually(`an execution ${stem}-…`, async () => {
      return (await this.executions(stateMachineArn)).find(({ name }) => name?.startsWith(`${stem}-`));
    });
    return this.ended(found.executionArn ?? '');
  }

  /** The newest first, at most 1,000. */
  async executions(stateMachineArn: string): Promise<ExecutionListItem[]> {
    return (await this.sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
  }
}

/** Asks until there is an answer. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await wait(POLL_MS);
  }
  throw new Error(`waited ${RUN_TIMEOUT_MS / 1000} s for ${what}, in vain`);
}
