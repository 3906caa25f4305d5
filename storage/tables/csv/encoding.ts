/** The offset of the first byte that is part of no UTF-8 sequence, or -1. An incomplete sequence at the end counts. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      return at;
    }
    at += length;
  }
  return -1;
}

/** How many bytes at the end begin a UTF-8 sequence that the next chunk may complete: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let tail = 1; tail <= Math.min(3, bytes.length); tail++) {
    const byte = bytes[bytes.length - tail];
    if (byte >= 0xc0) {
      return tail < announcedLength(byte) ? tail : 0;
    }
    if (byte < 0x80) {
      return 0;
    }
  }
  return 0;
}

/** What a file that begins with `head` is encoded in, where that can be told and is not UTF-8. */
export function foreignEncoding(head: Uint8Array): string | undefined {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return 'UTF-16';
  }
  const pairs = Math.min(head.length, 64) >> 1;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    even += head[2 * pair] === 0 ? 1 : 0;
    odd += head[2 * pair + 1] === 0 ? 1 : 0;
  }
  return pairs > 0 && Math.max(even, odd) > pairs / 2 ? 'UTF-16' : undefined;
}

/**
 * The length of the valid sequence at `at`, 0 where there is none (RFC 3629, section 4: no surrogates, no overlong
 * forms).
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  const length = announcedLength(lead);
  if (length <= 1) {
    return length;
  }
  const second = bytes[at + 1];
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (at + length > bytes.length || second < lowest || second > highest) {
    return 0;
  }
  for (let next = at + 2; next < at + length; next++) {
    if ((bytes[next] & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}

function announcedLength(lead: number): number {
  if (lead < 0x80) {
    return 1;
  }
  if (lead < 0xc2 || lead > 0xf4) {
    return 0;
  }
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
