import { PUSH_BYTES_MAX } from '#libs/contracts';
import { defineFault } from '#libs/faults';

export const TRANSFERS_BUSY = defineFault('wiki.git.busy', 'limited', 'Too many clones, fetches and pushes at once. Try again in a few seconds.');
export const PUSH_TOO_LARGE = defineFault('wiki.git.push-too-large', 'too-large', `A push may have ${PUSH_BYTES_MAX / 1_048_576} MiB. Divide it: push some of the commits first.`);
export const NO_GIT_REQUEST = defineFault('wiki.git.request-invalid', 'invalid', 'This is not what a git client asks. Use git 2.18 or newer, and no proxy that changes what it sends.');
