import { defineFault } from '#libs/faults';

export const SIGN_IN_FAILED = defineFault('sign-on.failed', 'unauthenticated', 'The name or the password is wrong.');
export const SIGN_IN_ENDED = defineFault('sign-on.ended', 'unauthenticated', 'You are not signed in any more. Sign in again.');
export const TOO_BUSY = defineFault('sign-on.too-busy', 'unavailable', 'Too many people sign in at once. Try again in a moment.');
export const PASSWORD_WEAK = defineFault('sign-on.password-weak', 'invalid', 'The password is too weak.');
export const INVITATION_INVALID = defineFault('sign-on.invitation-invalid', 'unauthenticated', 'This invitation is not valid any more. Ask for a new one.');
export const TWO_CREDENTIALS = defineFault('auth.two-credentials', 'invalid', 'Send a token or the cookie of a browser, not both.');
export const FOREIGN_SITE = defineFault('auth.foreign-site', 'forbidden', 'This request comes from another site.');

export const PROVIDER_ABSENT = defineFault('sign-on.provider-absent', 'not-found', 'This organisation has no identity provider here.');
export const PROVIDER_FAILED = defineFault('sign-on.provider-failed', 'unavailable', 'The identity provider could not be reached, or gave no usable answer. Try again, or tell your administrator.');
export const PROVIDER_REFUSED = defineFault('sign-on.provider-refused', 'forbidden', 'The identity provider did not sign you in.');
export const ANSWER_UNEXPECTED = defineFault('sign-on.answer-unexpected', 'invalid', 'This sign-in was not begun in this browser, or more than ten minutes ago. Begin again.');
export const PERSON_REFUSED = defineFault('sign-on.person-refused', 'forbidden', 'You may not sign in to this organisation here. Ask one of its owners.');
export const SETTINGS_UNUSABLE = defineFault('sign-on.settings-unusable', 'invalid', 'These settings cannot be used.');
