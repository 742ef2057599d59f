import { defineFault, Fault } from '#libs/faults';
import { type Measure, type Subject, WINDOW_SECONDS } from './limits.js';

const WHOSE: Readonly<Record<Subject, string>> = { token: 'this token', user: 'one person', organisation: 'the organisation' };

/** The code names the limit: `limits.organisation.events`. */
export function limitFault(subject: Subject, measure: Measure, quota: number, retryAfterSeconds: number): Fault {
  const sentence = `The limit of ${quota} ${measure} in ${WINDOW_SECONDS} seconds for ${WHOSE[subject]} is reached. Try again in ${retryAfterSeconds} s.`;
  return new Fault(defineFault(`limits.${subject}.${measure}`, 'limited', sentence), { retryAfterSeconds });
}

const RETRY_STORED_SECONDS = 600;

/** Over what may be kept: sessions' hooks keep their events, and come again. */
export function storedFault(measure: 'rows' | 'bytes'): Fault {
  const sentence = `The organisation keeps as many ${measure} as it may. Reading goes on; ask the operator for more, or purge what is not needed.`;
  return new Fault(defineFault(`limits.stored.${measure}`, 'limited', sentence), { retryAfterSeconds: RETRY_STORED_SECONDS });
}
