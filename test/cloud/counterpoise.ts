import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../emulator/provision.ts';
import { type Endpoint, environment } from './cdk.ts';

/** Runs our own command line against an endpoint, as a person would on a terminal. @param folder where it is run */
export function counterpoise(
  aws: Endpoint,
  folder: string,
  ...args: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...environment(aws, folder), ...(aws.certificate ? { NODE_EXTRA_CA_CERTS: aws.certificate } : {}) };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(PROJECT, 'local/main.ts'), ...args], { cwd: folder, env }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), stdout: out, stderr: err }),
    );
  });
}
