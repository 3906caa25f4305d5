import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  InvalidUriError,
  ObjectNotFoundError,
  StoreAccessDeniedError,
  StoreRefusedError,
  StoreUnavailableError,
} from '../../contracts/errors.ts';
import { S3Store } from '../../storage/s3-store.ts';

const URI = 's3://bucket/incoming/a.csv';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers that an emulator does not give: from an S3 that is busy, forbids, or lies about what it sends. */
describe('S3Store against answers out of the ordinary', () => {
  let server: Server | undefined;
  let requests: string[] = [];

  afterEach(async () => {
    vi.unstubAllEnvs();
    server?.closeAllConnections();
    await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
    server = undefined;
  });

  /** A store whose n-th request gets the n-th answer, and every further one the last. */
  async function storeThatGets(...answers: readonly Answer[]): Promise<S3Store> {
    requests = [];
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        requests.push(`${request.method}`);
        answers[Math.min(requests.length, answers.length) - 1](request, response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    return new S3Store({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
  }

  const cases: [string, number, string, string, new (message: string) => Error, string][] = [
    [
      'a forbidden object',
      403,
      'AccessDenied',
      'Access Denied',
      StoreAccessDeniedError,
      'check credentials and permissions; without s3:ListBucket a missing object is answered like this too',
    ],
    [
      'a version that is none',
      400,
      'InvalidArgument',
      'Invalid version id specified',
      ObjectNotFoundError,
      'check the key and the version, character for character',
    ],
    ['a key too long', 400, 'KeyTooLongError', 'Your key is too long', InvalidUriError, 'choose another name'],
    [
      'what we do not know',
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
      StoreRefusedError,
      'trying again as it is will not help',
    ],
    ['an object that changed under our hands', 412, 'PreconditionFailed', 'No', StoreUnavailableError, 'try again'],
  ];
  it.each(cases)('says what to do about %s', async (_, status, code, message, Named, advice) => {
    const store = await storeThatGets(failure(status, code, message));
    const expected = new Named(`cannot read ${URI}: S3 answered ${status} ${code}, ${message}; ${advice}`);
    await expect(store.read(URI)).rejects.toThrow(expected);
    expect(requests).toEqual(['GET']);
    await expect(store.describe(URI)).rejects.toThrow(expected);
    expect(requests).toEqual(['GET', 'HEAD', 'GET']);
  });

  it('waits and tries again when throttled', async () => {
    const busy = failure(503, 'SlowDown', 'Please reduce your request rate.');
    const store = await storeThatGets(busy, busy, body('whole'));
    expect(Buffer.from(await store.read(URI)).toString()).toBe('whole');
    expect(requests).toHaveLength(3);
  });

  it('gives up after five attempts at a faulty server', async () => {
    const store = await storeThatGets(failure(500, 'InternalError', 'We encountered an internal error.'));
    await expect(store.write(URI, Buffer.from('a'))).rejects.toThrow(
      new StoreUnavailableError(
        `cannot write ${URI}: S3 answered 500 InternalError, We encountered an internal error.; try again`,
      ),
    );
    expect(requests).toHaveLength(5);
  });

  it('gives up where nobody answers', async () => {
    const store = new S3Store({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials });
    const found = 'found no whole answer from S3 (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9)';
    await expect(store.write(URI, Buffer.from('a'))).rejects.toThrow(
      new StoreUnavailableError(`cannot write ${URI}: ${found}; try again`),
    );
  });

  it('takes no body for whole that does not fit its checksum', async () => {
    const store = await storeThatGets(body('damaged', { 'x-amz-checksum-crc32': 'AAAAAA==' }));
    await expect(store.read(URI)).rejects.toThrow(
      /^cannot read s3:\/\/bucket\/incoming\/a.csv: found no whole answer from S3 \(.*Checksum mismatch.*\); try again$/,
    );
    expect(requests).toHaveLength(3);
  });

  it('takes no body for whole that ends early or has no length', async () => {
    const cut = await storeThatGets((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => response.destroy());
    });
    await expect(cut.read(URI)).rejects.toBeInstanceOf(StoreUnavailableError);
    const endless = await storeThatGets((_, response) => {
      response.write('12345');
      response.end();
    });
    await expect(endless.read(URI)).rejects.toThrow(
      new StoreUnavailableError(`cannot read ${URI}: found an answer without a length or without a body; try again`),
    );
  });

  it('takes no part of a file that is shorter than asked for', async () => {
    const store = await storeThatGets(body('1234567890'), body('12345'));
    await expect(store.withLocalFile(URI, async () => 'unused')).rejects.toThrow(
      new StoreUnavailableError(`cannot read ${URI}: found 5 bytes where 10 were asked for; try again`),
    );
  });

  it('makes no file of two objects where one is overwritten meanwhile', async () => {
    const store = await storeThatGets(body('123', { etag: '"old"' }), (request, response) => {
      const answer =
        request.headers['if-match'] === '"old"' ? failure(412, 'PreconditionFailed', 'Changed') : body('456');
      answer(request, response);
    });
    await expect(store.withLocalFile(URI, async () => 'unused')).rejects.toThrow(
      new StoreUnavailableError(`cannot read ${URI}: S3 answered 412 PreconditionFailed, Changed; try again`),
    );
  });

  it('asks again where two conditional writes meet, and believes what exists', async () => {
    const conflict = failure(409, 'ConditionalRequestConflict', 'Retry.');
    const created = await storeThatGets(conflict, body(''));
    expect(await created.createIfAbsent(URI, Buffer.from('a'))).toBe(true);
    const exists = await storeThatGets(conflict, failure(412, 'PreconditionFailed', 'Exists.'));
    expect(await exists.createIfAbsent(URI, Buffer.from('a'))).toBe(false);
    const never = await storeThatGets(conflict);
    await expect(never.createIfAbsent(URI, Buffer.from('a'))).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(requests).toHaveLength(3);
  });

  it('changes an object on the condition that it is what was read, else it reads it again', async () => {
    const conditions: unknown[] = [];
    const noting =
      (answer: Answer): Answer =>
      (request, response) => {
        conditions.push(request.headers['if-match'] ?? request.headers['if-none-match']);
        answer(request, response);
      };
    const seen: (string | undefined)[] = [];
    const append = (bytes?: Uint8Array) => {
      seen.push(bytes && Buffer.from(bytes).toString());
      return Buffer.concat([bytes ?? Buffer.from(''), Buffer.from('+mine')]);
    };
    const store = await storeThatGets(
      failure(404, 'NoSuchKey', 'None.'),
      noting(failure(412, 'PreconditionFailed', 'Exists.')),
      body('theirs', { etag: '"1"' }),
      noting(failure(409, 'ConditionalRequestConflict', 'Retry.')),
      body('theirs too', { etag: '"2"' }),
      noting(body('')),
    );
    await store.update(URI, append);
    expect(requests).toEqual(['GET', 'PUT', 'GET', 'PUT', 'GET', 'PUT']);
    expect(conditions).toEqual(['*', '"1"', '"2"']);
    expect(seen).toEqual([undefined, 'theirs', 'theirs too']);
  });

  it('says that it is worth another try where others keep changing an object', async () => {
    const store = await storeThatGets((request, response) =>
      (request.method === 'GET' ? body('theirs', { etag: '"1"' }) : failure(412, 'PreconditionFailed', 'Changed.'))(
        request,
        response,
      ),
    );
    await expect(store.update(URI, () => Buffer.from('mine'))).rejects.toThrow(
      new StoreUnavailableError(`cannot write ${URI}: S3 answered 412 PreconditionFailed, Changed.; try again`),
    );
    expect(requests).toHaveLength(3 * 2);
  });

  it('says what is missing where there are no credentials or no region', async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    await expect(new S3Store({ credentials }).read(URI)).rejects.toThrow(
      new StoreAccessDeniedError(`cannot read ${URI}: found no AWS region; set AWS_REGION, or one in the AWS profile`),
    );
    const withoutCredentials = new S3Store({ region: 'eu-central-1' }).read(URI);
    await expect(withoutCredentials).rejects.toBeInstanceOf(StoreAccessDeniedError);
    await expect(withoutCredentials).rejects.toThrow(
      /: found no AWS credentials \(.*\); set AWS_PROFILE, or sign in, for example with aws sso login$/,
    );
  });
});

function failure(status: number, code: string, message: string): Answer {
  return (request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(
      request.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    );
  };
}

function body(content: string, headers: Record<string, string> = {}): Answer {
  return (request, response) => {
    response.writeHead(200, { 'content-length': String(content.length), ...headers });
    response.end(request.method === 'HEAD' ? undefined : content);
  };
}
