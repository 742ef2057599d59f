import { PROFILES } from '../registry.js';
import type { History } from './history.js';

/** The agents whose past sessions can be imported. */
export const agentHistories: readonly (History & { readonly agent: string; readonly label: string })[] = PROFILES.flatMap(
  ({ name, label, history }) => (history ? [{ ...history, agent: name, label }] : []),
);
