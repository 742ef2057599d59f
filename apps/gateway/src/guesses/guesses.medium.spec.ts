import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '#libs/bus';
import { createTestDatabase, scopeForTest, type TestDatabase } from '#libs/testing';
import type { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityRepository } from '../identity/identity.repository.js';
import type { Refusals } from '../audit/refusals.service.js';
import { type Guess, GuessesService } from './guesses.service.js';
import { GuessesRepository } from './guesses.repository.js';

const scope = scopeForTest();
const bootstrap = { ownerScope: async () => scope } as unknown as BootstrapService;
const noted: string[] = [];
const told: { address: string; kind: string }[] = [];
let database: TestDatabase;
let counts: GuessesRepository;
/** Two gateways on one database, that do not hear of each other. */
let gateways: GuessesService[];

beforeAll(async () => {
  database = await createTestDatabase();
  counts = new GuessesRepository(database.db, bootstrap);
  await database.db.run(scope, (tx) => new IdentityRepository(database.db).insertOrganisation(tx, 'acme'));
  const refusals = { noteGuess: async (_organisationId: string, _origin: object, kind: string, outcome: string) => void noted.push(`${kind} ${outcome}`) } as unknown as Refusals;
  const bus = { tell: (_scope: object, _signal: object, payload: { address: string; kind: string }) => void told.push(payload) } as unknown as Bus;
  gateways = [0, 1].map(() => new GuessesService(bus, bootstrap, counts, refusals));
});
afterAll(() => database.drop());

const guess = (kind: Guess['kind'], address: string, account?: string): Guess => ({ kind, origin: { address, requestId: null, client: null, tokenId: null }, ...(account === undefined ? {} : { account }) });
const outcomeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'looked at', (error: { code: string }) => error.code);
const typed = (address: string, account?: string, isRight = false, kind: Guess['kind'] = 'password'): Promise<string> =>
  outcomeOf(gateways[Math.floor(Math.random() * 2)]!.typed(guess(kind, address, account), async () => (isRight ? true : null)));
const LOOKED_AT = 'looked at';
const REFUSED = 'auth.too-many-guesses';

async function random(gateway: GuessesService, address: string, secret: string): Promise<string> {
  return outcomeOf((async () => {
    gateway.admit(guess('token', address));
    await gateway.record(guess('token', address), secret);
  })());
}

describe('what people type in', () => {
  it('is looked at so often for one account, by all gateways together, however many come at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_none, index) => typed(`192.0.2.${index}`, 'ada at acme')));
    expect(outcomes.filter((outcome) => outcome === LOOKED_AT)).toHaveLength(6);
    expect(await typed('192.0.2.200', 'grace at acme')).toBe(LOOKED_AT);
  });

  it('is looked at so often from one address, whatever the account', async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 30; index += 1) outcomes.push(await typed('198.51.100.1', `nobody-${index} at acme`));
    expect([outcomes.indexOf(REFUSED), await typed('198.51.100.2', 'somebody at acme')]).toEqual([21, LOOKED_AT]);
  });

  it('counts a right one as none', async () => {
    for (let index = 0; index < 40; index += 1) expect(await typed('198.51.100.3', 'rita at acme', true)).toBe(LOOKED_AT);
  });

  it('lets those in who come right and at the same time from one address', async () => {
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_none, index) => typed('198.51.100.6', `colleague-${index % 5} at acme`, true)));
      expect(outcomes).toEqual(Array<string>(10).fill(LOOKED_AT));
    }
  });

  it('has five tries from an address where it is the code of a device', async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 8; index += 1) outcomes.push(await typed('198.51.100.4', undefined, false, 'user-code'));
    expect(outcomes).toEqual([...Array<string>(6).fill(LOOKED_AT), REFUSED, REFUSED]);
  });

  it('is noted, wrong or refused', async () => {
    noted.length = 0;
    for (let index = 0; index < 8; index += 1) await typed('198.51.100.5', undefined, false, 'user-code');
    expect(noted).toEqual([...Array<string>(6).fill('user-code wrong'), 'user-code refused', 'user-code refused']);
  });
});

describe('a random secret', () => {
  it('is not looked at after twenty different wrong ones from an address, at whichever gateway, and the others are told', async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 30; index += 1) outcomes.push(await random(gateways[index % 2]!, '203.0.113.1', `secret ${index}`));
    expect([outcomes.filter((outcome) => outcome === LOOKED_AT).length <= 22, outcomes.at(-1)]).toEqual([true, REFUSED]);
    expect(told.at(-1)).toMatchObject({ address: '203.0.113.1', kind: 'token' });
    expect(await random(gateways[0]!, '203.0.113.2', 'secret')).toBe(LOOKED_AT);
  });

  it('is looked at however often the same stale one comes', async () => {
    for (let index = 0; index < 40; index += 1) expect(await random(gateways[0]!, '203.0.113.3', 'stale')).toBe(LOOKED_AT);
  });

  it('makes nobody wait on this machine', async () => {
    for (let index = 0; index < 40; index += 1) expect(await random(gateways[0]!, '127.0.0.1', `local ${index}`)).toBe(LOOKED_AT);
  });
});

it('forgets what is an hour old, and keeps the rest', async () => {
  await typed('203.0.113.9', 'old at acme');
  const rows = async (): Promise<number> => (await database.inspect('SELECT FROM identity.guesses')).length;
  const before = await rows();
  await database.inspect("UPDATE identity.guesses SET guessed_at = now() - interval '61 minutes' WHERE subject = sha256('password of old at acme')");
  await counts.sweep();
  expect(await rows()).toBe(before - 1);
});
