export function zipEntry(path: string, name: string): Buffer;
