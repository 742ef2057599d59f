/**
 * What is guessed: a bearer token; a password; the code that a device shows; what is exchanged for tokens of OAuth (codes and
 * refresh tokens); the state that a browser brings back from an identity provider; an invitation.
 */
export type GuessKind = 'token' | 'password' | 'user-code' | 'grant' | 'state' | 'invitation';

export interface GuessBound {
  /** Wrong ones without any wait. */
  readonly free: number;
  /** The first wait; it doubles with each wrong one after that, up to the longest. */
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** Without a wrong one for so long all are forgotten. At most an hour, when rows are removed. */
  readonly forgottenAfterSeconds: number;
}

/** Nobody finds a secret this long by trying: a minute's wait spares the server the work. */
const OF_RANDOM_SECRETS: GuessBound = { free: 20, firstSeconds: 60, longestSeconds: 60, forgottenAfterSeconds: 60 };

/** Of one address. */
export const ADDRESS_BOUNDS: Readonly<Record<GuessKind, GuessBound>> = {
  token: OF_RANDOM_SECRETS, grant: OF_RANDOM_SECRETS, state: OF_RANDOM_SECRETS, invitation: OF_RANDOM_SECRETS,
  password: { free: 20, firstSeconds: 1, longestSeconds: 900, forgottenAfterSeconds: 3_600 },
  // 20^8 of them, each good for ten minutes.
  'user-code': { free: 5, firstSeconds: 60, longestSeconds: 900, forgottenAfterSeconds: 3_600 },
};

/** Of one account, from whatever addresses. Its wait is short: else anybody could keep its owner out. */
export const ACCOUNT_BOUND: GuessBound = { free: 5, firstSeconds: 1, longestSeconds: 60, forgottenAfterSeconds: 3_600 };
