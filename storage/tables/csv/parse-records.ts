/**
 * The first records of a CSV text, blanks around the fields cut off, empty lines left out, by the same rules as the
 * scanner except that nothing is an error: the scanner reports what is wrong. A record that the text cuts off is left
 * out, unless it is the first.
 *
 * @param complete whether the text is the whole file
 */
export function parseRecords(text: string, delimiter: string, limit: number, complete: boolean): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const end = endOfRecord(text, delimiter, at);
    if (end.cut && !complete && records.length > 0) {
      break;
    }
    if (end.at > at) {
      records.push(splitRecord(text.slice(at, end.at), delimiter));
    }
    at = end.at + (text.startsWith('\r\n', end.at) ? 2 : 1);
  }
  return records;
}

/** `text` without the spaces and tabs around it. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function endOfRecord(text: string, delimiter: string, start: number): { at: number; cut: boolean } {
  let quoted = false;
  let mayOpen = true;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      quoted = character !== '"';
      mayOpen = !quoted;
    } else if (character === '\n' || character === '\r') {
      return { at, cut: false };
    } else if (character === '"' && mayOpen) {
      quoted = true;
    } else if (character === delimiter) {
      mayOpen = true;
    } else if (character !== ' ') {
      mayOpen = false;
    }
  }
  return { at: text.length, cut: true };
}

function splitRecord(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const opening = skipSpaces(record, at);
    const end =
      record[opening] === '"'
        ? record.indexOf(delimiter, closingQuote(record, opening))
        : record.indexOf(delimiter, at);
    const text = record.slice(at, end < 0 ? record.length : end);
    fields.push(trimBlanks(record[opening] === '"' ? unquote(text) : text));
    if (end < 0) {
      return fields;
    }
    at = end + 1;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') {
    at++;
  }
  return at;
}

/** The offset of the quote that closes the one at `opening`, or the end of the text. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at >= 0 && text[at + 1] === '"') {
    at = text.indexOf('"', at + 2);
  }
  return at < 0 ? text.length : at;
}

function unquote(field: string): string {
  return field.replace(/^ *"/, '').replace(/" *$/, '').replaceAll('""', '"');
}
