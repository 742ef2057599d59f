/** As many of the first items as fit into `bytesMax` of JSON; always at least one, so that reading goes on. */
export function takeBytes<T>(items: readonly T[], bytesMax: number): { taken: T[]; isAll: boolean } {
  let bytes = 0;
  let count = 0;
  for (const item of items) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > bytesMax && count > 0) break;
    count += 1;
  }
  return { taken: items.slice(0, count), isAll: count === items.length };
}
