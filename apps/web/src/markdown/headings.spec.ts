import { expect, it } from 'vitest';
import { outlineOf } from './headings.js';

it('tells headings with the anchors of GitHub, and none of those in code', () => {
  const text = '# One `two`\n\n```md\n## not this\n```\n\n## Grüße & mehr ##\n\n~~~\n# nor this\n```\n~~~\n\n#no heading\n### [A link](x.md)\n';
  expect(outlineOf(text)).toEqual([{ level: 1, text: 'One two', anchor: 'one-two' }, { level: 2, text: 'Grüße & mehr', anchor: 'grüße--mehr' }, { level: 3, text: 'A link', anchor: 'a-link' }]);
});
