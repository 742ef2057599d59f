import { describe, expect, it } from 'vitest';
import { linkTarget } from './link-target.js';

const FROM = 'decisions/outbox.md';

describe('a link in a page', () => {
  it.each([
    ['relay.md', 'decisions/relay.md', ''], ['./relay.md#why', 'decisions/relay.md', 'why'], ['../concepts/relay.md', 'concepts/relay.md', ''], ['/notes/a.md', 'notes/a.md', ''],
    ['relay', 'decisions/relay.md', ''], ['my%20page.md', 'decisions/my page.md', ''], ['a b.md', 'decisions/a b.md', ''], ['100%.md', 'decisions/100%.md', ''],
  ])('%s leads to the page %s', (href, path, hash) => expect(linkTarget(href, FROM)).toEqual({ kind: 'page', path, hash }));

  it.each(['#why', '#'])('%s stays on the page', (href) => expect(linkTarget(href, FROM)).toEqual({ kind: 'here', hash: href.slice(1) }));

  it.each(['https://example.com/a?b#c', 'http://example.com', 'mailto:ada@example.com', 'HTTPS://EXAMPLE.COM'])('%s leads elsewhere', (href) => expect(linkTarget(href, FROM)).toEqual({ kind: 'elsewhere', href }));

  it.each([
    '', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'java\nscript:alert(1)', ' javascript:alert(1)', '\u0000javascript:alert(1)', 'javascript\u200b:alert(1)', 'data:text/html,<script>alert(1)</script>',
    'vbscript:x', 'file:///etc/passwd', 'blob:https://x/y', '//evil.example/x', '\\\\evil.example', '/\\evil.example', 'about:blank', '../../../up.md', '..',
  ])('%j leads nowhere', (href) => expect(linkTarget(href, FROM)).toEqual({ kind: 'nowhere' }));
});
