import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a container told Step Functions: the operation without `SendTask`, and what came with it. */
export interface Report {
  readonly kind: 'Success' | 'Failure' | 'Heartbeat';
  readonly taskToken: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface FakeStepFunctions {
  readonly endpoint: string;
  readonly reports: readonly Report[];
  /** the first report for which `wanted` holds, as soon as it has come */
  waitFor(wanted: (report: Report) => boolean): Promise<Report>;
  close(): Promise<void>;
}

/** Step Functions' end of task tokens, on a free port of 127.0.0.1. @param refuseHeartbeats nobody waits for the task */
export async function fakeStepFunctions({ refuseHeartbeats = false } = {}): Promise<FakeStepFunctions> {
  const reports: Report[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const kind = String(request.headers['x-amz-target']).replace('AWSStepFunctions.SendTask', '') as Report['kind'];
    reports.push({ kind, ...((await json(request)) as Omit<Report, 'kind'>) });
    const refused = refuseHeartbeats && kind === 'Heartbeat';
    response.writeHead(refused ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(refused ? '{"__type":"TaskTimedOut","message":"Task Timed Out"}' : '{}');
    for (const look of waiting) look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reports,
    waitFor: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const found = reports.find(wanted);
          if (found) resolve(found);
        };
        waiting.push(look);
        look();
      }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
