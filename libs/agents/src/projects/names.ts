import { createHash } from 'node:crypto';

export const NAME_CHARACTERS_MAX = 100;
const NAME = /^[a-z0-9][a-z0-9._-]*$/;
const RESERVED = /^_(global|profile)(\.|$)/i;

/** True for what may name a workspace or a project. Reserved names are not valid, nor is anything over 100 characters. */
export function isValidName(name: string): boolean {
  return name.length <= NAME_CHARACTERS_MAX && NAME.test(name);
}

/** True for `_global`, `_profile` and `_profile.<user>`, which mean something else than a project. */
export function isReservedName(name: string): boolean {
  return RESERVED.test(name);
}

/**
 * A valid name that reads like the text: lowercase, accents dropped, anything else a hyphen. Text in letters that have
 * no place in a name becomes `project-` and a digest, so that two such projects stay two. Null if there is nothing to go by.
 */
export function toName(raw: string): string | null {
  const text = raw.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = text.replace(/[^a-z0-9._-]+/g, '-').replace(/^[._-]+/, '').slice(0, NAME_CHARACTERS_MAX).replace(/[._-]+$/, '');
  if (slug !== '') return slug;
  return /[\p{L}\p{N}]/u.test(text) ? `project-${createHash('sha256').update(text.trim()).digest('hex').slice(0, 8)}` : null;
}
