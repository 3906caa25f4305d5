import { once } from 'node:events';
import { createServer, type Socket, Socket as TcpSocket } from 'node:net';

/** How a connection breaks: after so many bytes of the request or of the answer. Undefined: it does not. */
export interface Cut {
  readonly requestBytes?: number;
  readonly answerBytes?: number;
}

export interface CuttingProxy {
  readonly endpoint: string;
  /** connections so far */
  readonly connections: number;
  stop(): Promise<void>;
}

/**
 * Stands between a client and the emulator and breaks connections in the middle.
 *
 * @param cutOf how the n-th connection (from 1) breaks
 */
export async function startCuttingProxy(target: string, cutOf: (connection: number) => Cut): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    connections++;
    const { requestBytes, answerBytes } = cutOf(connections);
    const upstream = new TcpSocket().connect(Number(port), hostname);
    relay(client, upstream, requestBytes);
    relay(upstream, client, answerBytes);
    for (const socket of [client, upstream]) {
      open.add(socket);
      // What breaks here is broken on purpose.
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${own}`,
    get connections() {
      return connections;
    },
    stop: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

function relay(from: Socket, to: Socket, cutAfter = Number.POSITIVE_INFINITY): void {
  let left = cutAfter;
  from.on('data', (chunk) => {
    to.write(chunk.subarray(0, Math.min(chunk.length, left)));
    left -= chunk.length;
    if (left > 0) return;
    from.destroy();
    to.end();
  });
}
