import { beforeEach, expect, it } from 'vitest';
import { Peers } from './peers.js';

const NONE = new Set<string>();
let peers: Peers;

beforeEach(() => {
  peers = new Peers();
});

const beats = (count: number): void => {
  for (let beat = 0; beat < count; beat += 1) peers.beatPassed();
};

it('gives what an app is asked to who serves it, and to the one with the least in hand', () => {
  peers.heard('a', ['search']);
  peers.heard('b', ['ingest', 'search']);
  expect([peers.leastBusy('ingest', NONE), peers.leastBusy('compiler', NONE)]).toEqual(['b', undefined]);
  void peers.during('b', () => new Promise(() => undefined));
  expect([peers.leastBusy('search', NONE), peers.leastBusy('search', new Set('a')), peers.leastBusy('search', new Set('ab'))]).toEqual(['a', 'b', undefined]);
});

it('counts nobody busy any longer than their work takes, done or failed', async () => {
  peers.heard('a', ['search']);
  peers.heard('b', ['search']);
  await peers.during('a', async () => undefined);
  await expect(peers.during('a', () => Promise.reject(new Error('not today')))).rejects.toThrow('not today');
  void peers.during('b', () => new Promise(() => undefined));
  expect(peers.leastBusy('search', NONE)).toBe('a');
});

it('passes over who has been silent for four beats, until heard again', () => {
  peers.heard('a', ['search']);
  beats(3);
  expect([peers.leastBusy('search', NONE), peers.isAnySilent('search')]).toEqual(['a', false]);
  beats(1);
  expect([peers.leastBusy('search', NONE), peers.isAnySilent('search'), peers.isAnySilent('ingest')]).toEqual([undefined, true, false]);
  peers.heard('a', ['search']);
  expect([peers.leastBusy('search', NONE), peers.isAnySilent('search')]).toEqual(['a', false]);
});

it('counts no silence that was its own, and forgets who stays silent', () => {
  peers.heard('a', ['search']);
  beats(29);
  peers.excuseAll();
  expect(peers.leastBusy('search', NONE)).toBe('a');
  beats(30);
  expect([peers.leastBusy('search', NONE), peers.isAnySilent('search')]).toEqual([undefined, false]);
});

it('forgets who says that they leave', () => {
  peers.heard('a', ['search']);
  peers.left('a');
  expect([peers.leastBusy('search', NONE), peers.isAnySilent('search')]).toEqual([undefined, false]);
});
