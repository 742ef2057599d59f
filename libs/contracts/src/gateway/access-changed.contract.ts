import { z } from 'zod';
import { signal } from '../define.js';

/** Somebody of the organisation may do something else than before: a token, a user, a role, a grant. Whoever remembers who may what asks again. */
export const AccessChanged = signal('gateway.access-changed.v1', z.object({}));
