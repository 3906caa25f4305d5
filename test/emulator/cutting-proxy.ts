import { once } from 'node:events';
import { createServer, type Socket, Socket as TcpSocket } from 'node:net';

/** What goes wrong on a connection. Empty: nothing. */
export interface Cut {
  /** it breaks after so many bytes of the request */
  readonly requestBytes?: number;
  /** ... or of the answer */
  readonly answerBytes?: number;
  /** every so many bytes of the request, one arrives as another one */
  readonly requestFlips?: number;
  /** ... or of the answers */
  readonly answerFlips?: number;
  /** this is answered, and nobody is asked */
  readonly answer?: string;
}

export interface CuttingProxy {
  readonly endpoint: string;
  /** connections so far */
  readonly connections: number;
  /** when each of them came, in milliseconds */
  readonly arrivals: readonly number[];
  stop(): Promise<void>;
}

/**
 * Stands between a client and the emulator, breaks connections in the middle, and damages what it passes on.
 *
 * @param cutOf what goes wrong on the n-th connection (from 1)
 */
export async function startCuttingProxy(target: string, cutOf: (connection: number) => Cut): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const arrivals: number[] = [];
  const server = createServer((client) => {
    arrivals.push(performance.now());
    const { requestBytes, answerBytes, requestFlips, answerFlips, answer } = cutOf(arrivals.length);
    const upstream = new TcpSocket();
    if (answer === undefined) {
      upstream.connect(Number(port), hostname);
      relay(client, upstream, requestBytes, requestFlips);
      relay(upstream, client, answerBytes, answerFlips);
    } else {
      client.once('data', () => client.end(answer));
    }
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
    arrivals,
    get connections() {
      return arrivals.length;
    },
    stop: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

function relay(from: Socket, to: Socket, cutAfter = Number.POSITIVE_INFINITY, flips = Number.MAX_SAFE_INTEGER): void {
  let passed = 0;
  from.on('data', (chunk) => {
    for (let i = flips - 1 - (passed % flips); i < chunk.length; i += flips) chunk[i] ^= 1;
    to.write(chunk.subarray(0, Math.min(chunk.length, cutAfter - passed)));
    passed += chunk.length;
    if (passed < cutAfter) return;
    from.destroy();
    to.end();
  });
}
