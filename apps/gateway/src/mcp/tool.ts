import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { requirePermission } from '#libs/bus';
import { EVIDENCE_NOTICE } from '#libs/contracts';
import { Fault, INVALID_INPUT, toFault } from '#libs/faults';
import { Permission } from '#libs/tenancy';
import { isStorable } from '../http/storable.js';
import { type Aliases, sortArguments } from './tool-arguments.js';
import type { ToolContext } from './tool-context.js';
import { argumentsFault, errorResult } from './tool-errors.js';
import { listedInput, listedOutput } from './tool-listing.js';

/** All four, since each one left out counts as the worst case. They are hints to the client, not our enforcement. */
type Hints = Required<Pick<NonNullable<ListedTool['annotations']>, 'readOnlyHint' | 'destructiveHint' | 'idempotentHint' | 'openWorldHint'>>;

/** Recalled text is of other people's making, so that reading it counts as open-world. */
export const READS: Hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
export const WRITES: Hints = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const IGNORED_CHARS_MAX = 256;

interface ToolDefinition<I extends z.ZodObject, O extends z.ZodObject> {
  name: string;
  /** In the project that the call is about, where it is about one. */
  permission: Permission;
  title: string;
  /** What a model reads to choose: when to call it, and what it can't see from the parameters' names. */
  description: string;
  input: I;
  /** Accepted at call time, never listed. */
  aliases?: Aliases;
  output: O;
  /** Parameters and answer fields that every call may have, but only the full toolset lists. */
  listedInFull?: readonly string[];
  annotations: Hints;
  /** Where the answer holds text of the past: then it says that this is evidence, in the structured content too. */
  isRecall?: boolean;
  run(context: ToolContext, input: z.output<I>): Promise<z.output<O>>;
  /** The answer as text, for clients that don't read structured content. */
  render(output: z.output<O>): string;
}

export interface Tool {
  readonly name: string;
  readonly permission: Permission;
  readonly listed: ListedTool;
  /** As the full toolset lists it. */
  readonly listedInFull: ListedTool;
  /** Never throws but for errors of the protocol (-32602): everything else becomes a result with `isError`. */
  call(context: ToolContext, given: Readonly<Record<string, unknown>>): Promise<CallToolResult>;
}

export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(definition: ToolDefinition<I, O>): Tool {
  const { name, permission, title, description, annotations, aliases = {} } = definition;
  if (!Permission.safeParse(permission).success) throw new Error(`The tool ${name} declares no permission`);
  const names = Object.keys(definition.input.shape);
  const listing = (unlisted: readonly string[]): ListedTool =>
    ({ name, title, description, inputSchema: listedInput(definition.input, unlisted), outputSchema: listedOutput(definition.output, unlisted), annotations });
  return {
    name,
    permission,
    listed: listing(definition.listedInFull ?? []),
    listedInFull: listing([]),
    call: async (context, given) => {
      try {
        requirePermission(context.caller.scope, permission);
        const { known, ignored } = sortArguments(given, names, aliases);
        const parsed = definition.input.safeParse(known);
        if (!parsed.success) throw argumentsFault(parsed.error);
        refuseUnstorable(parsed.data);
        const output = await definition.run(context, parsed.data);
        return { content: [{ type: 'text', text: definition.render(output) + noteOn(ignored) }], structuredContent: definition.isRecall ? { ...output, notice: EVIDENCE_NOTICE } : output };
      } catch (error) {
        const result = errorResult(error);
        context.failed(toFault(error));
        return result;
      }
    },
  };
}

function refuseUnstorable(input: Readonly<Record<string, unknown>>): void {
  const bad = Object.keys(input).find((name) => !isStorable(input[name]));
  if (bad) throw new Fault(INVALID_INPUT, { sentence: `${bad}: holds a NUL or an unpaired surrogate.` });
}

function noteOn(ignored: readonly string[]): string {
  return ignored.length > 0 ? `\nIgnored, as this server has no such parameter: ${ignored.join(', ').slice(0, IGNORED_CHARS_MAX)}.` : '';
}
