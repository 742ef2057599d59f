import { counter } from '#libs/telemetry';

const refusals = counter('oauth_refusals_total');

/** `error` is one of the protocol's, or `unknown_user_code`, `unknown_token` for what was tried on a page. */
export function countRefusal(error: string): void {
  refusals.add(1, { error });
}
