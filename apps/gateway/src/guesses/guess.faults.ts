import { defineFault } from '#libs/faults';

export const TOO_MANY_GUESSES = defineFault('auth.too-many-guesses', 'limited', 'Too many wrong secrets came from this address, or for this account. Wait, then try again.');
