import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROJECT } from './provision.ts';

const SERVE = fileURLToPath(new URL('serve.py', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export interface MiniStack {
  /** with the address, not `localhost`: the SDK would put bucket names before a host name */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts an empty MiniStack on a free port of 127.0.0.1 and waits until it answers. It ends with `stop`, and without it
 * when this process ends in whatever way (serve.py).
 *
 * @param python of the environment that `provisionEmulator` made
 */
export async function startMiniStack(python: string): Promise<MiniStack> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoise-emulator-'));
  const port = await freePort();
  const log = join(folder, 'ministack.log');
  const child = spawnServer(python, port, folder, log);
  const stop = async () => {
    if (child.pid !== undefined && !hasEnded(child)) {
      child.ref();
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilItAnswers(endpoint, child);
  } catch (error) {
    const said = (await readFile(log, 'utf8')).slice(-4000);
    await stop();
    throw new Error(`the AWS emulator did not start: ${(error as Error).message}\n${said}`, { cause: error });
  }
  return { endpoint, stop };
}

/** The leader of its own process group, so that the workers of Lambda functions go with it. All state is in `folder`. */
function spawnServer(python: string, port: number, folder: string, log: string): ChildProcess {
  const output = openSync(log, 'w');
  const child = spawn(python, [SERVE, folder], {
    detached: true,
    stdio: ['pipe', output, output],
    env: {
      ...process.env,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      PERSIST_STATE: '0',
      S3_PERSIST: '0',
      // CDK's provider functions run in the emulator and need the SDK.
      NODE_PATH: join(PROJECT, 'node_modules'),
    },
  });
  closeSync(output);
  child.unref();
  (child.stdin as Socket).unref();
  // That it could not be spawned shows by its missing pid.
  child.on('error', () => {});
  return child;
}

async function untilItAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.pid === undefined || hasEnded(child)) {
      throw new Error(`its process ended with ${child.exitCode ?? child.signalCode ?? 'no start at all'}`);
    }
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error(`it gave no answer within ${START_TIMEOUT_MS / 1000} s`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
