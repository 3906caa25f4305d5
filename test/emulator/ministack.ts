import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROJECT } from './provision.ts';

const SERVE = fileURLToPath(new URL('serve.py', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export interface MiniStackOptions {
  /**
   * Demand what AWS demands: TLS (with a certificate of its own, made by openssl), and of every caller but the account's
   * owner, so of the roles of the CDK and of the functions, a policy that allows what it does.
   *
   * @default false
   */
  readonly strict?: boolean;
}

export interface MiniStack {
  /** with the address, not `localhost`: the SDK would put bucket names before a host name */
  readonly endpoint: string;
  /** holds its state; goes with it, however it ends, and so does what others put there */
  readonly folder: string;
  /** path of the certificate to trust; only of a strict one */
  readonly certificate?: string;
  stop(): Promise<void>;
}

/**
 * Starts an empty MiniStack on a free port of 127.0.0.1 and waits until it answers. It ends with `stop`, and without it
 * when this process ends in whatever way (serve.py).
 *
 * @param python of the environment that `provisionEmulator` made
 */
export async function startMiniStack(python: string, { strict = false }: MiniStackOptions = {}): Promise<MiniStack> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpoise-emulator-'));
  const port = await freePort();
  const log = join(folder, 'ministack.log');
  const child = spawnServer(python, log, environment(port, folder, strict));
  const stop = async () => {
    if (child.pid !== undefined && !hasEnded(child)) {
      child.ref();
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const endpoint = `${strict ? 'https' : 'http'}://127.0.0.1:${port}`;
  try {
    await untilItAnswers(endpoint, child);
  } catch (error) {
    const said = (await readFile(log, 'utf8')).slice(-4000);
    await stop();
    throw new Error(`the AWS emulator did not start: ${(error as Error).message}\n${said}`, { cause: error });
  }
  return { endpoint, folder, stop, ...(strict ? { certificate: join(folder, 'ministack-tls', 'server.crt') } : {}) };
}

/** The leader of its own process group, so that the workers of Lambda functions go with it. */
function spawnServer(python: string, log: string, env: NodeJS.ProcessEnv): ChildProcess {
  const output = openSync(log, 'w');
  const child = spawn(python, [SERVE, env.TMPDIR ?? ''], { detached: true, stdio: ['pipe', output, output], env });
  closeSync(output);
  child.unref();
  (child.stdin as Socket).unref();
  // That it could not be spawned shows by its missing pid.
  child.on('error', () => {});
  return child;
}

/**
 * All state is in `folder`. The functions get this environment too: nothing of the user's AWS settings is in it, and no
 * certificates, which would be trusted in place of the emulator's own.
 */
function environment(port: number, folder: string, strict: boolean): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^AWS_|^NODE_EXTRA_CA_CERTS$/.test(name));
  return {
    ...Object.fromEntries(others),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    AUTH: String(strict),
    USE_SSL: strict ? '1' : '0',
    TMPDIR: folder,
    STATE_DIR: join(folder, 'state'),
    S3_DATA_DIR: join(folder, 's3'),
    PERSIST_STATE: '0',
    S3_PERSIST: '0',
    // CDK's provider functions run in the emulator and need the SDK.
    NODE_PATH: join(PROJECT, 'node_modules'),
  };
}

async function untilItAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.pid === undefined || hasEnded(child)) {
      throw new Error(`its process ended with ${child.exitCode ?? child.signalCode ?? 'no start at all'}`);
    }
    if (await isHealthy(endpoint)) return;
    await wait(50);
  }
  throw new Error(`it gave no answer within ${START_TIMEOUT_MS / 1000} s`);
}

function isHealthy(endpoint: string): Promise<boolean> {
  const url = `${endpoint}/_ministack/health`;
  return new Promise((resolve) => {
    const answered = ({ statusCode }: IncomingMessage) => resolve(statusCode === 200);
    // That it answers is all there is to know here, so its certificate, which may not be written yet, is not checked.
    const asked = endpoint.startsWith('https:')
      ? getSecure(url, { agent: false, rejectUnauthorized: false }, answered)
      : getPlain(url, { agent: false }, answered);
    asked.on('error', () => resolve(false));
  });
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
