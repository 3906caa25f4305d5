import { describe, expect, it } from 'vitest';
import { useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

async function formatOf(values: readonly string[]): Promise<string | undefined> {
  const rows = values.map((value, i) => `${i},"${value}"`).join('\n');
  return (await tables.importContent(`i,v\n${rows}\n`)).columns[1].profile.format;
}

describe('the format of dates and timestamps', () => {
  it.each([
    [['2020-01-31', '1999-12-01'], '%Y-%m-%d'],
    [['2020-1-31', '1999-12-1'], '%Y-%-m-%-d'],
    [['2020/01/31', '1999/12/01'], '%Y/%m/%d'],
    [['31.12.2020', '01.02.2020'], '%d.%m.%Y'],
    [['31/12/2020', '01/02/2020'], '%d/%m/%Y'],
    [['12/31/2020', '01/02/2020'], '%m/%d/%Y'],
    [['12/31/2020', '1/2/2020'], '%-m/%-d/%Y'],
    [['01/02/2020', '03/04/2020'], '%d/%m/%Y'],
    [['31-12-2020', '01-02-2020'], '%d-%m-%Y'],
    [['2020-01-01 10:00', '2020-01-02 09:05'], '%Y-%m-%d %H:%M'],
    [['2020-01-01 10:00', '2020-01-02 9:05'], '%Y-%m-%d %-H:%M'],
    [['2020-01-01 10:00:00', '2020-01-02 11:12:13'], '%Y-%m-%d %H:%M:%S'],
    [['2020-01-01T10:00:00Z', '2020-01-02T11:12:13Z'], '%Y-%m-%dT%H:%M:%SZ'],
    [['2020-01-01 10:00:00.123', '2020-01-02 11:12:13.456'], '%Y-%m-%d %H:%M:%S.%g'],
    [['2020-01-01 10:00:00.123', '2020-01-02 11:12:13.456789'], '%Y-%m-%d %H:%M:%S.%f'],
    [['2020-01-01 10:00:00.1234567', '2020-01-02 11:12:13.0000000'], '%Y-%m-%d %H:%M:%S.%n'],
    [['2020-01-01 10:00:00+00:00', '2020-07-01 10:00:00+00:00'], '%Y-%m-%d %H:%M:%S+00:00'],
    [['2020-01-01 10:00:00+00:00', '2020-07-01 10:00:00+01:00'], '%Y-%m-%d %H:%M:%S%z'],
    [['1/2/2020 3:45 PM', '12/31/2020 11:00 AM'], '%-m/%-d/%Y %-I:%M %p'],
    [['2020-02-30', '2020-01-01'], undefined],
    [['1/2/20', '3/4/21'], undefined],
    [['2020-01-01', 'unknown'], undefined],
    [['2020-01-01', '2020-01-01 10:00'], undefined],
    [['2020-01-01 24:00', '2020-01-01 10:00'], undefined],
  ])('of %j is %s', async (values, format) => {
    expect(await formatOf(values)).toBe(format);
  });

  it('reads an instant with its offset', async () => {
    const table = await tables.importContent('i,v\n1,2020-01-01 10:00:00+02:00\n2,2020-07-01 10:00:00-0330\n');
    const [, { values }] = table.columns;
    expect(values.kind === 'numeric' && [...values.values]).toEqual([
      Date.UTC(2020, 0, 1, 10 - 2),
      Date.UTC(2020, 6, 1, 10 + 3, 30),
    ]);
  });
});
