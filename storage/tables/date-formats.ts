/** One way to write dates or timestamps. */
export interface DateFormat {
  readonly type: 'date' | 'timestamp';
  /** in the letters of strptime and strftime */
  readonly format: string;
  /**
   * what a text must look like, as a regular expression for the whole of it: strptime alone takes 1/2/20 for the year
   * 20
   */
  readonly pattern: string;
  readonly sqlType: 'DATE' | 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE';
}

const DATE = /^(?<date>\d{1,4}(?<separator>[-/.])\d{1,2}\k<separator>\d{1,4})(?<time>[ T].+)?$/;
const TIME =
  /^(?<joint>.)\d{1,2}:\d{2}(?<seconds>:\d{2})?(?<fraction>\.\d{1,9})?(?<half> ?[AP]M)?(?<zone>Z|[+-]\d{2}(:?\d{2})?)?$/i;
const UTC_OFFSET = /^[+-]00(:?00)?$/;

/**
 * The formats that `sample`, a value of the column, may be written in, the likeliest first: year first, or day before
 * month before month before day where both are possible; digits padded with zeros or not; then the time with its zone.
 */
export function possibleFormats(sample: string): DateFormat[] {
  const found = DATE.exec(sample)?.groups;
  if (found === undefined) {
    return [];
  }
  const { date, separator, time } = found as Record<string, string | undefined> & { date: string; separator: string };
  const orders = datePartOrders(date.split(separator).map((part) => part.length));
  return orders.flatMap((order) =>
    ['', '-'].flatMap((padding) => {
      const format = order.map((part) => (part === 'Y' ? '%Y' : `%${padding}${part}`)).join(separator);
      const pattern = order.map((part) => (part === 'Y' ? '[0-9]{4}' : '[0-9]{1,2}')).join(`[${separator}]`);
      return time === undefined
        ? [{ type: 'date', format, pattern, sqlType: 'DATE' } as const]
        : timestampFormats({ format, pattern }, padding, time);
    }),
  );
}

function datePartOrders(lengths: readonly number[]): readonly (readonly string[])[] {
  const [first, , last] = lengths;
  if (first === 4 && last <= 2) {
    return [['Y', 'm', 'd']];
  }
  return first <= 2 && last === 4
    ? [
        ['d', 'm', 'Y'],
        ['m', 'd', 'Y'],
      ]
    : [];
}

interface Piece {
  readonly format: string;
  readonly pattern: string;
}

const NOTHING: readonly Piece[] = [{ format: '', pattern: '' }];

function timestampFormats(date: Piece, padding: string, time: string): DateFormat[] {
  const parts = TIME.exec(time)?.groups;
  if (parts === undefined) {
    return [];
  }
  const seconds = parts.seconds === undefined ? NOTHING[0] : { format: ':%S', pattern: ':[0-9]{2}' };
  const half = parts.half ?? '';
  const hours = half === '' ? ['%H', '%-H'] : [`%${padding}I`, padding === '' ? '%-I' : '%I'];
  const gap = half.startsWith(' ') ? ' ' : '';
  const halfPiece = half === '' ? NOTHING[0] : { format: `${gap}%p`, pattern: `${gap}[AaPp][Mm]` };
  return hours.flatMap((hour) =>
    fractionPieces(parts.fraction).flatMap((fraction) =>
      zonePieces(parts.zone).map((zone): DateFormat => {
        const rest = [seconds, fraction, halfPiece, zone];
        return {
          type: 'timestamp',
          format: `${date.format}${parts.joint}${hour}:%M${rest.map((piece) => piece.format).join('')}`,
          pattern: `${date.pattern}${parts.joint}[0-9]{1,2}:[0-9]{2}${rest.map((piece) => piece.pattern).join('')}`,
          sqlType: parts.zone === undefined ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE',
        };
      }),
    ),
  );
}

/** Milliseconds, microseconds or nanoseconds; of the last, the microseconds are kept. */
function fractionPieces(fraction: string | undefined): readonly Piece[] {
  if (fraction === undefined) {
    return NOTHING;
  }
  const all = [
    { format: '.%g', pattern: '[.][0-9]{3}' },
    { format: '.%f', pattern: '[.][0-9]{1,6}' },
    { format: '.%n', pattern: '[.][0-9]{1,9}' },
  ];
  const digits = fraction.length - 1;
  return all.slice(digits === 3 ? 0 : digits <= 6 ? 1 : 2);
}

/** One spelling of UTC is written as it stands; other offsets are read row by row, and written as +00. */
function zonePieces(zone: string | undefined): readonly Piece[] {
  if (zone === undefined) {
    return NOTHING;
  }
  const asItStands = { format: zone, pattern: zone.replace('+', '[+]') };
  const offset = { format: '%z', pattern: '[+-][0-9]{2}(:?[0-9]{2})?' };
  return zone.toUpperCase() === 'Z' ? [asItStands] : UTC_OFFSET.test(zone) ? [asItStands, offset] : [offset];
}
