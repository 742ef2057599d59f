import { type CallToolResult, ProtocolError } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { Fault, INVALID_INPUT, toFault } from '#libs/faults';
import { logger } from '#libs/telemetry';

const ISSUES_TOLD_MAX = 3;

/** What a tool answers when it failed: text that a model can act on. Errors of the protocol itself are thrown on. */
export function errorResult(error: unknown): CallToolResult {
  if (error instanceof ProtocolError) throw error;
  const fault = toFault(error);
  if (fault.kind === 'internal') logger.error({ err: error }, 'A tool call failed');
  else if (fault.kind === 'unavailable' || fault.kind === 'timeout') logger.warn({ code: fault.code, detail: fault.detail }, 'A tool call could not be served');
  const retry = fault.retryAfterSeconds ? ` Try again in ${fault.retryAfterSeconds} s.` : '';
  return { isError: true, content: [{ type: 'text', text: `${fault.code}: ${fault.sentence}${retry}` }] };
}

/** The first wrong arguments, by name. Throw it, as any other fault. */
export function argumentsFault(error: z.ZodError): Fault {
  const told = error.issues.slice(0, ISSUES_TOLD_MAX).map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`);
  return new Fault(INVALID_INPUT, { sentence: `${told.join('; ')}.` });
}
