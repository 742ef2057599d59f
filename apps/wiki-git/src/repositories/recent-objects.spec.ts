import { expect, it } from 'vitest';
import type { BareRepository } from './bare-repository.js';
import { RecentObjects } from './recent-objects.js';

const MIB = 1024 * 1024;

/** A repository that has every object, and counts what it is asked for. */
function repository(directory: string) {
  const asked: string[] = [];
  const objects = async (ids: readonly string[]): Promise<Map<string, Buffer>> => {
    asked.push(...ids);
    return new Map(ids.map((id) => [id, Buffer.from(`${directory} ${id}`)]));
  };
  return { asked, repository: { directory, objects } as Partial<BareRepository> as BareRepository };
}

it('asks git once for what it is asked for again, and not at all for what was just written', async () => {
  const [recent, { asked, repository: one }] = [new RecentObjects(), repository('one')];
  recent.add(one, [{ id: 'c', content: Buffer.from('written') }]);
  for (let time = 0; time < 2; time += 1) {
    expect(Object.fromEntries(await recent.read(one, ['a', 'b', 'c']))).toEqual({ a: Buffer.from('one a'), b: Buffer.from('one b'), c: Buffer.from('written') });
  }
  expect(asked).toEqual(['a', 'b']);
});

it('never answers with what another repository has', async () => {
  const [recent, one, other] = [new RecentObjects(), repository('one'), repository('other')];
  await recent.read(one.repository, ['a']);
  expect((await recent.read(other.repository, ['a'])).get('a')!.toString()).toBe('other a');
});

it('keeps 32 MiB, and lets go of what was not used for longest', async () => {
  const [recent, { asked, repository: one }] = [new RecentObjects(), repository('one')];
  for (let index = 0; index < 32; index += 1) recent.add(one, [{ id: `${index}`, content: Buffer.alloc(MIB) }]);
  await recent.read(one, ['0']);
  recent.add(one, [{ id: 'more', content: Buffer.alloc(MIB) }]);
  await recent.read(one, ['0', '2', '1']);
  expect(asked).toEqual(['1']);
});

it('keeps nothing of what Node has together with a small object', async () => {
  const [recent, { repository: one }] = [new RecentObjects(), repository('one')];
  recent.add(one, [{ id: 'c', content: Buffer.from('written') }]);
  expect((await recent.read(one, ['c'])).get('c')!.buffer.byteLength).toBe('written'.length);
});
