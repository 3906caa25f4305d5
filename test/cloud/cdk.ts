import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT } from '../emulator/provision.ts';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

const CDK = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** Where AWS is, and the certificate to trust there (a path), if it has one of its own. */
export interface Endpoint {
  readonly endpoint: string;
  readonly certificate?: string;
  /** for temporary files, in place of the system's */
  readonly folder?: string;
}

/**
 * Runs the project's CDK CLI against an endpoint, as a person would on a terminal, and waits for its end.
 *
 * @param folder for what the CLI writes: assemblies, and what it would keep in the home folder
 * @throws Error with all that the CLI said, where it fails
 */
export async function cdk(aws: Endpoint, folder: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [CDK, ...args, '--no-notices', '--no-color'], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(aws, folder),
  });
  // Ctrl-C on a terminal reaches the CLI too, as it is in the same process group; this is for every other end.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return;
    const text = Buffer.concat(said).toString().slice(-8000);
    throw new Error(`cdk ${args.join(' ')} ended with ${code ?? signal}:\n${text}`);
  } finally {
    process.off('exit', kill);
  }
}

/** Nothing of the user's own AWS settings: whatever the endpoint is, it is asked with credentials that AWS refuses. */
export function environment({ endpoint, certificate }: Endpoint, folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: folder,
    ...(certificate ? { AWS_CA_BUNDLE: certificate } : {}),
  };
}
