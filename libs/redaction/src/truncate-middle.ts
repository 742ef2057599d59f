const CONTINUATION_MASK = 0xc0;
const CONTINUATION = 0x80;

/**
 * At most `bytesMax` bytes of UTF-8: the text itself, or its head and tail around `\n… [N bytes omitted] …\n`. Never cuts
 * inside a code point. Where not even the marker fits, the head alone.
 */
export function truncateMiddle(text: string, bytesMax: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (3 * text.length <= bytesMax) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  // The marker for the whole text is as long as the marker gets.
  const keptMax = bytesMax - Buffer.byteLength(marker(bytes.length));
  if (keptMax < 0) return bytes.toString('utf8', 0, startOfCodePoint(bytes, Math.max(0, bytesMax)));
  const headEnd = startOfCodePoint(bytes, Math.ceil(keptMax / 2));
  const tailStart = nextCodePoint(bytes, bytes.length - Math.floor(keptMax / 2));
  return bytes.toString('utf8', 0, headEnd) + marker(tailStart - headEnd) + bytes.toString('utf8', tailStart);
}

function marker(omittedBytes: number): string {
  return `\n… [${omittedBytes} bytes omitted] …\n`;
}

function startOfCodePoint(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && isContinuation(bytes[start])) start -= 1;
  return start;
}

function nextCodePoint(bytes: Buffer, at: number): number {
  let next = at;
  while (isContinuation(bytes[next])) next += 1;
  return next;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & CONTINUATION_MASK) === CONTINUATION;
}
