import { expect, it } from 'vitest';
import { mayBeSimilarTo, similarWords } from './misspelling.js';

const VOCABULARY = new Map([['connect', 30], ['collect', 40], ['connector', 5], ['lease', 9], ['leash', 12], ['release', 3], ['hide', 9], ['kubernet', 7], ['pool', 50], ['v2ab', 50]]);

it.each([
  ['the nearest alone', 'conect', 0, ['connect']],
  ['several that are as near, the most frequent first', 'leasr', 0, ['leash', 'lease']],
  ['two letters in a long word', 'kuberntes', 0, ['kubernet']],
  ['not two in a short one', 'laese', 0, ['lease']],
  ['nothing like it', 'walrus', 0, []],
  ['what stands in many more documents, for a word that stands in one', 'conect', 1, ['connect']],
  ['none of a short word', 'hike', 0, []],
  ['nothing that is hardly more frequent', 'releas', 1, []],
  ['no number', 'v2ac', 0, []],
])('similar words are %s', (_what, word, documents, similar) => {
  expect(similarWords(word, documents, VOCABULARY)).toEqual(similar);
});

it.each(['conect', 'leasr', 'kuberntes', 'laese', 'releas', 'žluťoučký'])('no word like %s is passed over by its letters', (word) => {
  const mayBe = mayBeSimilarTo(word);
  const passed = [...VOCABULARY].filter(([other]) => mayBe(Buffer.from(other)));
  expect(similarWords(word, 0, new Map(passed))).toEqual(similarWords(word, 0, VOCABULARY));
  expect(mayBe(Buffer.from(word))).toBe(true);
  expect(mayBeSimilarTo('walrus')(Buffer.from('connect'))).toBe(false);
});
