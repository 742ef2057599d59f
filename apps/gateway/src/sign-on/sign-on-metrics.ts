import { counter } from '#libs/telemetry';

const signIns = counter('sign_ins_total');

export type SignInOutcome = 'signed-in' | 'wrong' | 'limited' | 'refused' | 'unexpected' | 'failed';

export function countSignIn(method: 'oidc' | 'password' | 'invitation', outcome: SignInOutcome): void {
  signIns.add(1, { method, outcome });
}
