import { defineFault } from '#libs/faults';

export const ARCHIVE_BYTES_MAX = 64 * 1024 * 1024;
export const ENTRIES_MAX = 10_000;

export const ARCHIVE_UNREADABLE = defineFault('wiki.archive.unreadable', 'invalid', 'The archive can not be read: send a whole tar file, compressed with gzip.');
export const ARCHIVE_TOO_LARGE = defineFault(
  'wiki.archive.too-large', 'too-large', `An archive may unpack to ${ARCHIVE_BYTES_MAX / 1_048_576} MiB and hold ${ENTRIES_MAX} files. Divide it, or push with git.`);
export const IMPORTS_BUSY = defineFault('wiki.archive.busy', 'limited', 'Too many imports at once. Try again in a few seconds.');
