/** Git's framing: four hex digits of length, themselves included, then the payload. */
const HEADER_BYTES = 4;
const PAYLOAD_BYTES_MAX = 65_516;

export const FLUSH = Buffer.from('0000');

export function pktLine(payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload as string);
  if (bytes.length > PAYLOAD_BYTES_MAX) throw new RangeError('A packet is too long');
  return Buffer.concat([Buffer.from((bytes.length + HEADER_BYTES).toString(16).padStart(HEADER_BYTES, '0')), bytes]);
}

/** The packets before the first flush, and where what follows it begins; undefined where there is no flush, or no packet. */
export function packetsUntilFlush(bytes: Buffer): { packets: Buffer[]; end: number } | undefined {
  const packets: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const header = bytes.toString('latin1', at, at + HEADER_BYTES);
    if (header === '0000') return { packets, end: at + HEADER_BYTES };
    const length = /^[0-9a-f]{4}$/i.test(header) ? Number.parseInt(header, 16) : 0;
    if (length <= HEADER_BYTES || at + length > bytes.length) return undefined;
    packets.push(bytes.subarray(at + HEADER_BYTES, at + length));
    at += length;
  }
  return undefined;
}
