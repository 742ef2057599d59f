/** The same bytes in memory of their own. A small Buffer is part of a larger one that Node keeps for many (64 KiB), and whoever keeps it keeps all of that. */
export function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
