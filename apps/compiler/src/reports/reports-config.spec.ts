import { expect, it } from 'vitest';
import { readConfig } from '#libs/config';
import { ReportsConfig } from './reports.config.js';

it.each<[given: string | undefined, hour: number | 'off']>([[undefined, 1], ['', 1], ['0', 0], ['23', 23], ['off', 'off']])('an hour given as %j is %j', (given, hour) => {
  expect(readConfig(ReportsConfig, given === undefined ? {} : { AI_MEMORY_REPORT_HOUR: given })).toEqual({ AI_MEMORY_REPORT_HOUR: hour });
});

it.each(['24', '-1', '1.5', 'never'])('an hour given as %j is refused, in a sentence', (given) => {
  expect(() => readConfig(ReportsConfig, { AI_MEMORY_REPORT_HOUR: given })).toThrow('AI_MEMORY_REPORT_HOUR: must be an hour from 0 to 23, or off');
});
