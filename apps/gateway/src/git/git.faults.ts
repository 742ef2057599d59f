import { PUSH_BYTES_MAX } from '#libs/contracts';
import { defineFault } from '#libs/faults';

export const GIT_TOKEN_MISSING = defineFault('git.token-missing', 'unauthenticated', 'A token is required: any user name, and the token as the password.');
export const PUSH_TOO_LARGE = defineFault('git.push-too-large', 'too-large', `A push may have ${PUSH_BYTES_MAX / 1_048_576} MiB. Push some of the commits first.`);
