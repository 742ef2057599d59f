import { describe, expect, it } from 'vitest';
import { SERVER_INSTRUCTIONS } from './server-instructions.js';
import { TOOLS, toolsetOf, TOOLSETS } from './toolset.js';

/** What `tools/list` may take, less what the protocol puts around the list. */
const LISTING_BYTES_MAX = 8_192 - 256;
const INSTRUCTIONS_CHARS_MAX = 2_048;

describe('the listed tools', () => {
  it('are the twelve of the default toolset, in a fixed order', () => {
    expect(TOOLS.map(({ name }) => name)).toEqual([
      'memory_query', 'memory_recent', 'memory_read_page', 'memory_write_page', 'memory_delete_page', 'memory_read_session_observations', 'memory_status',
      'memory_briefing', 'memory_handoff_begin', 'memory_handoff_list', 'memory_handoff_accept', 'memory_handoff_cancel',
    ]);
  });

  it('cost an agent less than 8 KiB', () => {
    expect(Buffer.byteLength(JSON.stringify(TOOLS.map(({ listed }) => listed)))).toBeLessThanOrEqual(LISTING_BYTES_MAX);
  });
});

describe('the full toolset', () => {
  it('lists every parameter, also those that the default one has no bytes for', () => {
    const query = TOOLSETS.full.find(({ name }) => name === 'memory_query')!;
    expect(Object.keys(query.listedInFull.inputSchema.properties!)).toEqual(expect.arrayContaining(['query', 'kinds', 'agents', 'users', 'paths', 'after', 'before', 'include_superseded', 'pin_first', 'explain', 'cursor']));
    expect(query.listed.inputSchema.properties).not.toHaveProperty('cursor');
  });

  it('has the default tools first, then the others', () => {
    expect(TOOLSETS.full.map(({ name }) => name)).toEqual([
      ...TOOLS.map(({ name }) => name), 'memory_page_history', 'memory_restore_page', 'memory_consolidate', 'memory_feedback', 'memory_lint',
      'memory_slot_list', 'memory_slot_write', 'memory_slot_delete', 'memory_message_send', 'memory_message_list', 'memory_message_pop', 'memory_message_cancel', 'memory_review_list', 'memory_review_show']);
  });

  it.each([['http://h/mcp?toolset=full', 'full'], ['http://h/mcp?toolset=FULL', 'default'], ['http://h/mcp', 'default'], [undefined, 'default']])('at %s it is the %s one that is listed', (url, toolset) => {
    expect(toolsetOf(url)).toBe(toolset);
  });
});

describe.each(TOOLSETS.full.flatMap(({ name, listed, listedInFull }) => [[name, listed], [`${name} in full`, listedInFull]] as const))('%s', (_name, { inputSchema, outputSchema, annotations, title, description }) => {
  it('has schemas that every client can read: a plain object at the root, no references', () => {
    for (const schema of [inputSchema, outputSchema!]) {
      expect(schema.type).toBe('object');
      expect(Object.keys(schema).filter((keyword) => !['type', 'properties', 'required'].includes(keyword))).toEqual([]);
      expect(JSON.stringify(schema)).not.toMatch(/\$ref|\$defs|definitions/);
    }
  });

  it('takes the project by name, and never lists the other names of its parameters', () => {
    expect(inputSchema.properties).toMatchObject({ workspace: { type: 'string' }, project: { type: 'string' } });
    expect(Object.keys(inputSchema.properties!)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(q|search|n|top_k)$/)]));
  });

  it('says in its answer which scope it used', () => {
    expect(outputSchema!.properties).toHaveProperty('scope');
  });

  it('has a title, a description and all four hints', () => {
    expect([title, description]).toEqual([expect.any(String), expect.any(String)]);
    expect(Object.keys(annotations!).sort()).toEqual(['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint']);
  });
});

it('keeps its instructions within what clients show', () => {
  expect(SERVER_INSTRUCTIONS.length).toBeLessThanOrEqual(INSTRUCTIONS_CHARS_MAX);
});
