import { createHash } from 'node:crypto';

export type ObjectKind = 'commit' | 'tree' | 'blob';

/** What git keeps, under the name that follows from kind and content. */
export interface GitObject {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly content: Buffer;
}

export function gitObject(kind: ObjectKind, content: Buffer): GitObject {
  return { id: createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest('hex'), kind, content };
}

/** The name that git gives a file's content. */
export function blobOf(content: Buffer): string {
  return gitObject('blob', content).id;
}
