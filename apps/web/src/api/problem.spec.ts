import { expect, it } from 'vitest';
import { ApiProblem, fieldProblems } from './problem.js';

it.each([
  ['body.email: Invalid email address', { email: 'Invalid email address' }],
  ['body.name: Too small; body.models.0.model: Too big', { name: 'Too small', models: 'Too big' }],
  ['query.confirm: Needed', { confirm: 'Needed' }],
  ['There is such a user already.', {}],
])('%j is about the fields that it names', (said, fields) => expect(Object.fromEntries(fieldProblems(new ApiProblem(400, 'invalid', said)))).toEqual(fields));

it('is about no field where the server did not answer', () => expect(fieldProblems(new TypeError('body.name: x')).size).toBe(0));
