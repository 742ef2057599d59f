/** The memory of the bytes where nothing else is in it, as where they are few: only such can be moved to another thread. */
export function ownMemory(bytes: Uint8Array): ArrayBuffer[] {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength && bytes.byteLength > Buffer.poolSize ? [bytes.buffer] : [];
}

/** Bytes come from another thread without the class that they had. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
