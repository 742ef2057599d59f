import { expect, it } from 'vitest';
import { bytesText, dollarsText } from './amount-text.js';

it.each([[0, '0 byte'], [999, '999 byte'], [1_500, '1.5 kB'], [2_000_000, '2 MB'], [5e15, '5,000 TB']])('%d bytes are %j', (bytes, text) => expect(bytesText(bytes, 'en')).toBe(text));

it('has cents', () => expect(dollarsText(1_234.5, 'en')).toBe('$1,234.50'));
