import { describe, expect, it } from 'vitest';
import { FLUSH, packetsUntilFlush, pktLine } from './pkt-line.js';
import { pushAdvertisement, pushReport } from './push-answer.js';
import { parsePushRequest } from './push-request.js';

const [zero, a, b] = ['0', 'a', 'b'].map((digit) => digit.repeat(40)) as [string, string, string];
const request = (...lines: string[]): Buffer => Buffer.concat([...lines.map(pktLine), FLUSH, Buffer.from('PACK')]);

describe('a push', () => {
  it('says which refs it wants moved, and where its pack begins', () => {
    const bytes = request(`${a} ${b} refs/heads/main\0 report-status side-band-64k agent=git/2`, `${zero} ${a} refs/heads/new\n`, `${b} ${zero} refs/heads/old`);
    expect(parsePushRequest(bytes)).toEqual({
      commands: [{ from: a, to: b, ref: 'refs/heads/main' }, { from: null, to: a, ref: 'refs/heads/new' }, { from: b, to: null, ref: 'refs/heads/old' }],
      hasSideBand: true, packOffset: bytes.length - 4,
    });
  });

  it('may want nothing: clients ask so whether their token is right', () => {
    expect(parsePushRequest(Buffer.from('0000'))).toEqual({ commands: [], hasSideBand: false, packOffset: 4 });
  });

  it.each<[name: string, bytes: Buffer]>([
    ['nothing', Buffer.alloc(0)], ['no packets', Buffer.from('hello')], ['a cut packet', Buffer.from('00ffabc')], ['no flush', pktLine(`${a} ${b} refs/heads/main`)],
    ['an empty packet', Buffer.from('00040000')], ['no command', request('shallow me')], ['a ref that is none', request(`${a} ${b} main`)], ['a ref with a line in it', request(`${a} ${b} refs/heads/a\nb c`)],
    ['a sha that is none', request(`--upload-pack ${b} refs/heads/main`)],
  ])('is not understood when it is %s', (_name, bytes) => {
    expect(parsePushRequest(bytes)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('tells a client messages and report side by side, or the report alone', () => {
    const outcome = { refused: 'not accepted', messages: ['notes/a.md is too long.'] };
    const sideBySide = packetsUntilFlush(pushReport(['refs/heads/main'], outcome, true))!.packets.map((packet) => packet.toString('latin1'));
    expect(sideBySide).toEqual(['\x02notes/a.md is too long.\n', '\x01000eunpack ok\n0024ng refs/heads/main not accepted\n0000']);
    expect(pushReport(['refs/heads/main'], { refused: null, messages: [] }, false).toString()).toBe('000eunpack ok\n0017ok refs/heads/main\n0000');
  });

  it.each([[a, `${a} refs/heads/main`], [null, `${zero} capabilities^{}`]])('offers one branch, at %s', (tip, line) => {
    expect(pushAdvertisement(tip).toString()).toContain(line);
  });
});
