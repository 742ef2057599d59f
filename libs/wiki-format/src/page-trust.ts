import { PageTrust, type WrittenBy } from '#libs/contracts';
import type { Frontmatter } from './frontmatter.js';

const LEVELS = PageTrust.options;

/** The least of several; `user` of none. */
export function leastTrust(levels: readonly PageTrust[]): PageTrust {
  return LEVELS[Math.max(0, ...levels.map((level) => LEVELS.indexOf(level)))]!;
}

/** What a text says of its own sources. It is believed only where it makes the text less. */
export function statedTrust({ trust }: Frontmatter): PageTrust | undefined {
  return PageTrust.safeParse(trust).data;
}

/** A page as it is before a write. */
export interface TrustedVersion {
  readonly trust: PageTrust;
}

/**
 * How far a page may be believed once it is written. A person who writes all of it stands for it; everybody else adds to what
 * is there, and so does a person whose text was merged with it. Rules that don't say what they go by go by what tools print.
 */
export function writtenTrust(by: WrittenBy, frontmatter: Frontmatter, before: TrustedVersion | undefined, isMerged: boolean): PageTrust {
  const kept = before ? [before.trust] : [];
  if (by === 'person') return isMerged ? leastTrust(kept) : 'user';
  if (by === 'rules') return leastTrust([statedTrust(frontmatter) ?? 'tool', ...kept]);
  return leastTrust(['agent', statedTrust(frontmatter) ?? 'agent', ...kept]);
}
