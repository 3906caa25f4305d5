import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidUriError } from '../../contracts/errors.ts';
import { fileName, fileStem, fileUri, joinUri, parentUri, parseObjectUri, parseUri } from '../../contracts/uri.ts';

const segment = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/[/\0]/.test(text) && !/^\.{1,2}$/.test(text));

describe('parseUri', () => {
  it('takes S3 keys literally and decodes paths of files', () => {
    const parsed = ['s3://my.bucket-1/in/a+b%20c?d#e', 's3://bucket', 'file:///data/100%25%20ä/', 'file:///'].map(
      parseUri,
    );
    expect(parsed).toEqual([
      { scheme: 's3', bucket: 'my.bucket-1', key: 'in/a+b%20c?d#e' },
      { scheme: 's3', bucket: 'bucket', key: '' },
      { scheme: 'file', key: '/data/100% ä/' },
      { scheme: 'file', key: '/' },
    ]);
  });

  const place = 'needed names between the slashes';
  const bucket = 'needed 3 to 255 letters, digits, dots, hyphens or underscores';
  it.each([
    ['adult.csv', 'Found "adult.csv", needed s3://bucket/key or file:///absolute/path'],
    ['S3://bucket/key', 'Found "S3://bucket/key", needed s3://bucket/key or file:///absolute/path'],
    ['file://host/a', 'Found "file://host/a", needed s3://bucket/key or file:///absolute/path'],
    ['s3:///key', `Found "s3:///key" with the bucket "", ${bucket}`],
    ['s3://a b/key', `Found "s3://a b/key" with the bucket "a b", ${bucket}`],
    ['s3://bucket/a//b', `Found "s3://bucket/a//b" with the segment "", ${place}`],
    ['s3://bucket//b', `Found "s3://bucket//b" with the segment "", ${place}`],
    ['s3://bucket/a/../b', `Found "s3://bucket/a/../b" with the segment "..", ${place}`],
    ['s3://bucket/.', `Found "s3://bucket/." with the segment ".", ${place}`],
    ['file:///a/%2E%2E/b', `Found "file:///a/%2E%2E/b" with the segment "..", ${place}`],
    ['file:////etc', `Found "file:////etc" with the segment "", ${place}`],
    ['file:///a%00', 'Found "file:///a%00" with NUL or half a surrogate pair, needed whole characters'],
    ['s3://bucket/\ud83c', 'Found "s3://bucket/\\ud83c" with NUL or half a surrogate pair, needed whole characters'],
    ['file:///100%', 'Found "file:///100%", needed a file URI whose % signs are percent-encoded (%25)'],
  ])('refuses %j', (uri, message) => {
    expect(() => parseUri(uri)).toThrow(new InvalidUriError(message));
  });
});

describe('parseObjectUri', () => {
  it.each(['s3://bucket', 's3://bucket/', 's3://bucket/a/', 'file:///', 'file:///a/'])('refuses %s', (uri) => {
    expect(() => parseObjectUri(uri)).toThrow(
      new InvalidUriError(`Found "${uri}", a folder, needed the URI of one object, with no / at its end`),
    );
  });
});

describe('joinUri', () => {
  it('goes down from a folder, with or without a slash at its end', () => {
    for (const base of ['s3://bucket/a', 's3://bucket/a/'])
      expect(joinUri(base, 'b', 'c/d')).toBe('s3://bucket/a/b/c/d');
    for (const base of ['s3://bucket', 's3://bucket/']) expect(joinUri(base, 'a b%')).toBe('s3://bucket/a b%');
    for (const base of ['file:///', 'file:///']) expect(joinUri(base, 'a b%')).toBe('file:///a%20b%25');
    expect(joinUri('file:///a%20b/', 'c d/')).toBe('file:///a%20b/c%20d/');
  });

  it('never goes up', () => {
    for (const part of ['..', '../b', 'a/../../b', '.', '', '/etc', 'a//b']) {
      for (const base of ['s3://bucket', 's3://bucket/x/', 'file:///', 'file:///x']) {
        expect(() => joinUri(base, part, 'c'), `${base} and ${part}`).toThrow(InvalidUriError);
      }
    }
  });

  it('is undone by parentUri and fileName, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('s3://bucket', fileUri('/data/a b')),
        fc.array(segment),
        segment,
        (base, way, name) => {
          const folder = `${joinUri(base, 'x', ...way)}/`;
          const uri = joinUri(folder, name);
          expect(parseUri(uri).key.endsWith(`/${name}`)).toBe(true);
          expect(fileName(uri)).toBe(name);
          expect(parentUri(uri)).toBe(folder);
          expect(parentUri(`${uri}/`)).toBe(folder);
        },
      ),
    );
  });
});

describe('parentUri', () => {
  it('ends at the root', () => {
    expect(parentUri('s3://bucket/a/b/')).toBe('s3://bucket/a/');
    expect(['s3://bucket/a', 's3://bucket/', 's3://bucket'].map(parentUri)).toEqual(Array(3).fill('s3://bucket/'));
    expect(['file:///a', 'file:///'].map(parentUri)).toEqual(['file:///', 'file:///']);
  });
});

describe('fileStem', () => {
  it.each([
    ['s3://bucket/in/adult.csv.gz', 'adult'],
    ['s3://bucket/adult.DATA', 'adult'],
    ['file:///x/my%20table.v2.parquet', 'my table.v2'],
    ['file:///x/.csv', '.csv'],
    ['s3://bucket/plain', 'plain'],
  ])('of %s is %s', (uri, stem) => {
    expect(fileStem(uri)).toBe(stem);
  });
});

describe('fileUri', () => {
  it('refuses relative paths', () => {
    expect(() => fileUri('data/a.csv')).toThrow(
      new InvalidUriError('Found "data/a.csv", a relative path, needed an absolute one'),
    );
  });
});
