import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

interface Dialect {
  readonly delimiter: string;
  readonly lineEnds: readonly string[];
  readonly quoteAll: boolean;
  readonly padded: boolean;
  readonly byteOrderMark: boolean;
  readonly emptyLines: boolean;
}

const character = fc.constantFrom(...'ab09.- ,;|\t"\n\r\'\\#éß語:/', '\u{1f600}', '\u00a0', '\u2028');
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.array(character, { maxLength: 6 }).map((characters) => characters.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('', '?', '1', '2.50', '007', 'True', '2020-01-31') },
);
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }));
const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnds: fc.constantFrom(['\n'], ['\r\n'], ['\r'], ['\n', '\r\n']),
  quoteAll: fc.boolean(),
  padded: fc.boolean(),
  byteOrderMark: fc.boolean(),
  emptyLines: fc.boolean(),
});

function write(rows: readonly string[][], dialect: Dialect): string {
  const quote = (text: string) =>
    dialect.quoteAll || /[,;|\t"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const pad = (text: string) => (dialect.padded ? ` ${text} ` : text);
  const lines = rows.map((row, i) => {
    const end = dialect.lineEnds[i % dialect.lineEnds.length];
    return row.map((text) => pad(quote(text))).join(dialect.delimiter) + (dialect.emptyLines ? end + end : end);
  });
  return (dialect.byteOrderMark ? '\ufeff' : '') + lines.join('');
}

/** Reads what RFC 4180 allows to be written, character by character. */
function readStrictly(csv: string): string[][] {
  const rows: string[][] = [['']];
  let quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const row = rows[rows.length - 1];
    if (csv[i] === '"' && !(quoted && csv[i + 1] === '"')) {
      quoted = !quoted;
    } else if (!quoted && csv[i] === ',') {
      row.push('');
    } else if (!quoted && csv[i] === '\n') {
      rows.push(['']);
    } else {
      i += csv[i] === '"' ? 1 : 0;
      row[row.length - 1] += csv[i];
    }
  }
  return rows.slice(0, -1);
}

it('comes out with the same cells, without the blanks around them, however it was written', async () => {
  await fc.assert(
    fc.asyncProperty(table, dialect, async (rows, written) => {
      const header = rows[0].map((_, i) => `column ${i}`);
      const imported = await tables.importContent(write([header, ...rows], written), { missingValues: ['?'] });
      const exported = await tables.exportRows(imported);
      const expected = rows.map((row) => row.map((text) => text.replace(/^[ \t]+|[ \t]+$/g, '')));
      const shown = expected.map((row) => row.map((text) => (text === '?' ? '' : text)));
      expect(readStrictly(exported.toString())).toEqual([header, ...shown]);
    }),
    { numRuns: 40 },
  );
}, 30_000);
