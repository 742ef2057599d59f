import { describe, expect, it } from 'vitest';
import { isOutage } from './common-faults.js';
import { defineFault, Fault, type FaultKind } from './fault.js';

const fault = (kind: FaultKind, code = 'any'): Fault => new Fault(defineFault(code, kind, 'Any.'));

describe('what may go well later', () => {
  it.each<[name: string, error: unknown, is: boolean]>([
    ['a neighbour that is not there', fault('unavailable'), true],
    ['a neighbour that does not answer', fault('timeout'), true],
    ['a neighbour that has too much to do', fault('limited'), true],
    ['a webhook that does not decide', fault('unavailable', 'webhook.undecided'), true],
    ['a page that can not be written', fault('invalid'), false],
    ['a mistake of ours', fault('internal'), false],
    ['an error that is no fault', new TypeError('x is undefined'), false],
  ])('%s', (_name, error, is) => {
    expect(isOutage(error)).toBe(is);
  });
});
