import { generateText, NoObjectGeneratedError, Output } from 'ai';
import type { LanguageModelUsage } from 'ai';
import { z } from 'zod';
import { languageModelOf } from './language-model.js';
import type { ModelEndpoint } from './model-endpoint.js';

export interface StructuredCall<T> {
  /** The same text for every session, so that providers can keep it. */
  readonly instructions: string;
  readonly prompt: string;
  readonly schema: z.ZodType<T>;
  /** An answer in the wrong shape, and what was wrong with it: the model is asked to mend it. */
  readonly mending?: { readonly answer: string; readonly problem: string };
}

export interface TokenUsage {
  readonly input: number;
  /** Part of the input. */
  readonly cached: number;
  readonly output: number;
}

export interface CallBounds {
  readonly outputTokensMax: number;
  readonly timeoutMs: number;
  readonly mayBePrivate: boolean;
  /** Cuts the call off when the process stops. */
  readonly stopping: AbortSignal;
}

interface Message {
  role: 'user' | 'assistant';
  content: string;
}

/** One call, without retries. Throws what the SDK throws; `failureOf` says what to make of it. */
export async function callModel<T>(endpoint: ModelEndpoint, call: StructuredCall<T>, bounds: CallBounds): Promise<{ answer: T; usage: TokenUsage | null }> {
  const result = await generateText({
    model: languageModelOf(endpoint, bounds.mayBePrivate),
    instructions: call.instructions,
    messages: messagesOf(call),
    output: Output.object({ schema: call.schema }),
    maxOutputTokens: bounds.outputTokensMax,
    maxRetries: 0,
    // Nothing of ours is to be kept there for later calls.
    providerOptions: { openai: { store: false } },
    abortSignal: AbortSignal.any([bounds.stopping, AbortSignal.timeout(bounds.timeoutMs)]),
  });
  return { answer: outputOf(result), usage: usageOf(result.usage) };
}

type Said = Pick<Awaited<ReturnType<typeof generateText>>, 'finishReason' | 'finalStep' | 'usage'>;

/** The SDK has no output where a model stopped for another reason than being done, and said nothing. */
function outputOf<T>(result: Said & { output: T }): T {
  try {
    return result.output;
  } catch (error) {
    throw new NoObjectGeneratedError({ cause: error as Error, text: '', response: result.finalStep.response, usage: result.usage, finishReason: result.finishReason });
  }
}

/** All text that a call sends, the answer's schema included. */
export function textsOf<T>(call: StructuredCall<T>): string[] {
  return [call.instructions, JSON.stringify(z.toJSONSchema(call.schema)), ...messagesOf(call).map(({ content }) => content)];
}

function messagesOf<T>({ prompt, mending }: StructuredCall<T>): Message[] {
  if (!mending) return [{ role: 'user', content: prompt }];
  const request = `Your answer could not be used: ${mending.problem}\nAnswer again: one JSON object of the required shape, and nothing else.`;
  return [{ role: 'user', content: prompt }, { role: 'assistant', content: mending.answer || '(nothing)' }, { role: 'user', content: request }];
}

/** Null where the provider says nothing of it. */
export function usageOf(usage: LanguageModelUsage | undefined): TokenUsage | null {
  if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null;
  return { input: usage.inputTokens, cached: Math.min(usage.inputTokenDetails?.cacheReadTokens ?? 0, usage.inputTokens), output: usage.outputTokens };
}
