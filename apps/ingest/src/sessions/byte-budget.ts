/** As many of the first items as fit into `bytesMax` of JSON, and how many bytes those take; always at least one, so that reading goes on. */
export function takeBytes<T>(items: readonly T[], bytesMax: number): { taken: T[]; isAll: boolean; bytes: number } {
  let [bytes, count] = [0, 0];
  for (const item of items) {
    const more = Buffer.byteLength(JSON.stringify(item));
    if (bytes + more > bytesMax && count > 0) break;
    bytes += more;
    count += 1;
  }
  return { taken: items.slice(0, count), isAll: count === items.length, bytes };
}
