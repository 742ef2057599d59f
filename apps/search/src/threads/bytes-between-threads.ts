/** The memory of the bytes, which can be moved to another thread where nothing else is in it; none for few bytes, which Node keeps together with others. */
export function ownMemory(bytes: Uint8Array): ArrayBuffer[] {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength && bytes.byteLength > Buffer.poolSize ? [bytes.buffer] : [];
}

/** Bytes come from another thread without the class that they had. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
