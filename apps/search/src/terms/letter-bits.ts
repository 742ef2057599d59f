/** All bytes that are no letters of the alphabet in ASCII. */
export const NOT_ASCII = 1 << 31;

/** A bit for each letter of the alphabet, of a byte of UTF-8. */
export function letterBit(byte: number): number {
  return byte > 127 ? NOT_ASCII : 1 << (byte & 31);
}
