import { PAGE_BYTES_MAX } from '#libs/contracts';
import { defineFault } from '#libs/faults';
import { FRONTMATTER_BYTES_MAX } from '../repositories/page-row.js';

export const PAGE_TOO_LARGE = defineFault(
  'wiki.page.too-large', 'too-large', `A page may have ${PAGE_BYTES_MAX / 1024} KiB of text and ${FRONTMATTER_BYTES_MAX / 1024} KiB of frontmatter. Divide it into several pages.`,
);
export const PAGE_TEXT_INVALID = defineFault('wiki.page.text-invalid', 'invalid', 'A page is text: it may not hold NUL characters.');
export const PRECONDITION_FAILED = defineFault('wiki.page.precondition-failed', 'conflict', 'The page is not what you expected: somebody else has changed it. Read it again.');
export const SESSION_PURGED = defineFault('wiki.session.purged', 'conflict', 'This session was purged: nothing is written in its name any more.');
