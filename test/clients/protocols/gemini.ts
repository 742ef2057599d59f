import type { Conversation, Reply } from '../script.js';
import { parametersOf, type Protocol, type StreamEvent, textOf } from './protocol.js';

interface Part {
  text?: string;
  functionCall?: { name: string };
  functionResponse?: { response: unknown };
}

interface Request {
  systemInstruction?: { parts: Part[] };
  contents: { parts: Part[] }[];
  tools?: { functionDeclarations?: { name: string; parametersJsonSchema?: object }[] }[];
}

export const gemini: Protocol = { path: /:streamGenerateContent$/, read: (body) => read(body as Request), stream };

function read({ systemInstruction, contents, tools = [] }: Request): Conversation {
  const parts = contents.flatMap((content) => content.parts);
  return {
    input: textOf([...(systemInstruction?.parts ?? []), ...parts]),
    tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(({ name, parametersJsonSchema }) => ({ name, parameters: parametersOf(parametersJsonSchema) }))),
    calls: parts.flatMap(({ functionCall }) => (functionCall ? [functionCall.name] : [])),
    results: parts.flatMap(({ functionResponse }) => (functionResponse ? [JSON.stringify(functionResponse.response)] : [])),
  };
}

function stream(reply: Reply): readonly StreamEvent[] {
  const part = 'text' in reply ? { text: reply.text } : { functionCall: { name: reply.tool.name, args: reply.args } };
  const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 };
  return [{ data: { candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }], usageMetadata, modelVersion: 'stub' } }];
}
