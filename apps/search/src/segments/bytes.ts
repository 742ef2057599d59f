const CAPACITY_FIRST = 1_024;

/** Bytes that grow. A varint holds 7 bits a byte, the lowest first. */
export class ByteWriter {
  length = 0;
  private bytes = Buffer.allocUnsafe(CAPACITY_FIRST);

  /** `value` is an integer from 0 to 2³²-1. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.bytes[this.length++] = (rest & 127) | 128;
    this.bytes[this.length++] = rest;
  }

  text(text: string): void {
    const size = Buffer.byteLength(text);
    this.varint(size);
    this.reserve(size);
    this.length += this.bytes.write(text, this.length);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A few bytes of others: without a view of them, which would cost more than the copy. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    for (let at = from; at < to; at += 1) this.bytes[this.length++] = bytes[at]!;
  }

  clear(): void {
    this.length = 0;
  }

  /** Valid until the next byte is written. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(2 * (this.length + size));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

export class ByteReader {
  constructor(readonly bytes: Uint8Array, public at = 0) {}

  varint(): number {
    let byte = this.bytes[this.at++]!;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.bytes[this.at++]!;
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }

  text(): string {
    const size = this.varint();
    this.at += size;
    return textAt(this.bytes, this.at - size, size);
  }

  skip(varints: number): void {
    for (let left = varints; left > 0; ) if (this.bytes[this.at++]! < 128) left -= 1;
  }
}

export function textAt(bytes: Uint8Array, at: number, size: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, size).toString();
}
