import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { startMiniStack } from './ministack.ts';
import { provisionEmulator } from './provision.ts';

const MINISTACK = new URL('ministack.ts', import.meta.url).href;

/** Starts the emulator, prints its endpoint, and never ends by itself. */
const SCRIPT = `
  const { startMiniStack } = await import(process.argv[1]);
  const { endpoint } = await startMiniStack(process.argv[2]);
  console.log(endpoint);
  setInterval(() => {}, 1000);
`;

// Why it is skipped was printed by the global setup.
describe.skipIf('missing' in inject('emulator') || process.env.AWS_ENDPOINT_URL)('the emulator', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)('ends when %s ends who started it', async (signal) => {
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT, MINISTACK, await python()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(starter.stdout, 'data');
    const endpoint = String(said).trim();
    expect(await answers(endpoint)).toBe(true);
    starter.kill(signal);
    await once(starter, 'exit');
    for (let i = 0; i < 100 && (await answers(endpoint)); i++) await wait(50);
    expect(await answers(endpoint)).toBe(false);
  });

  it('stops, and starts empty', async () => {
    for (let start = 0; start < 2; start++) {
      const { endpoint, stop } = await startMiniStack(await python());
      try {
        const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
        const client = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
        expect((await client.send(new ListBucketsCommand())).Buckets ?? []).toEqual([]);
        await client.send(new CreateBucketCommand({ Bucket: 'kept-nowhere' }));
        expect((await client.send(new ListBucketsCommand())).Buckets).toHaveLength(1);
      } finally {
        await stop();
      }
      expect(await answers(endpoint)).toBe(false);
    }
  });

  it('says what went wrong where it does not start', async () => {
    await expect(startMiniStack(process.execPath)).rejects.toThrow(
      /^the AWS emulator did not start: its process ended with 1\n(.|\n)*Unknown file extension ".py"/,
    );
    await expect(startMiniStack('/nowhere/python')).rejects.toThrow(
      /^the AWS emulator did not start: its process ended with no start at all\n/,
    );
  });
});

async function python(): Promise<string> {
  const provisioned = await provisionEmulator();
  if ('missing' in provisioned) throw new Error(provisioned.missing);
  return provisioned.python;
}

function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/_ministack/health`).then(
    (answer) => answer.ok,
    () => false,
  );
}
