import { describe, expect, it } from 'vitest';
import { scopesOf } from './fields.js';
import { readToolResult } from './tool-result.js';

describe('the outcome where failures are explicit', () => {
  it.each([
    ['success', { tool_response: 'text' }],
    ['success', {}],
    ['success', { tool_response: { stdout: 'Exit code: 1', interrupted: false } }],
    ['success', { tool_response: { content: [], status: 'failed' } }],
    ['success', { tool_response: 'x', error: null }],
    ['success', { tool_response: 'x', error: false, is_error: false }],
    ['success', { metadata: { exit: 0 }, output: 'x' }],
    ['error', { metadata: { exit: 2 }, output: 'x' }],
    ['error', { tool_response: { metadata: { exit: 1 } } }],
    ['error', { tool_response: { exit_code: 1 } }],
    ['error', { tool_response: { interrupted: true, stdout: '' } }],
    ['error', { tool_response: { is_error: true } }],
    ['error', { is_error: false, tool_response: { interrupted: true } }],
    ['error', { content: [], isError: true }],
    ['error', { error: 'no such file' }],
    ['error', { error: { message: 'no such file' } }],
    ['error', { error: true }],
    ['error', { tool_response: { error: { message: 'denied' } } }],
    ['error', { tool_response: { success: false } }],
  ] as const)('is %s for %j', (expected, body) => {
    expect(readToolResult(scopesOf(body), false, true).outcome).toBe(expected);
  });

  it('is an error where the event says so', () => {
    expect(readToolResult(scopesOf({ tool_response: 'x' }), true, true).outcome).toBe('error');
  });
});

describe('the outcome where nothing is explicit', () => {
  it.each([
    ['unknown', { tool_response: 'text' }],
    ['unknown', {}],
    ['unknown', { tool_response: '{"kind":"Pod","metadata":{"name":"a"},"status":"Failed"}' }],
    ['unknown', { tool_response: 'the log said:\nexit code was 1' }],
    ['success', { tool_response: 'Exit code: 0\nWall time: 0.1 seconds\nOutput:\nok' }],
    ['error', { tool_response: 'Exit code: 1\nWall time: 0.1 seconds\nOutput:\nno' }],
    ['error', { tool_response: 'Chunk ID: a1\nProcess exited with code 127\nOutput:\n' }],
    ['error', { tool_response: '{"output":"no","metadata":{"exit_code":1,"duration_seconds":0.1}}' }],
    ['success', { tool_response: '{"output":"ok","metadata":{"exit_code":0}}' }],
    ['success', { toolResult: { resultType: 'success', textResultForLlm: 'ok' } }],
    ['error', { tool_result: { result_type: 'denied', text_result_for_llm: 'no' } }],
    ['error', { tool_response: { status: 'Failed' } }],
    ['success', { content: [], isError: false }],
    ['success', { tool_response: { success: true, result: ['ok'] } }],
  ] as const)('is %s for %j', (expected, body) => {
    expect(readToolResult(scopesOf(body), false, false).outcome).toBe(expected);
  });
});

describe('the text', () => {
  it.each([
    [{ error: 'Exit code 2\nls: no' }, 'Exit code 2\nls: no'],
    [{ error: 'boom', tool_response: { stdout: 'before' } }, 'boom\nbefore'],
    [{ error: { message: 'boom' }, tool_response: '' }, 'boom'],
    [{ tool_response: '{"output":"inner","metadata":{"exit_code":0}}' }, 'inner'],
    [{ tool_output: '{"name":"package","version":"1"}' }, '{"name":"package","version":"1"}'],
    [{ toolResult: { resultType: 'success', textResultForLlm: 'ok' } }, 'ok'],
    [{}, ''],
  ])('of %j is the error and then the result', (body, expected) => {
    expect(readToolResult(scopesOf(body), false, true).text).toBe(expected);
  });
});
