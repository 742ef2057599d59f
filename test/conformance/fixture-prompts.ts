import { type ContentBlock, type GetPromptResult, inputRequired, type InputRequiredResult, ProtocolError, ProtocolErrorCode, type Server, type ServerContext } from '@modelcontextprotocol/server';
import { form } from './fixture-inputs.js';
import { IMAGE } from './fixture-media.js';

type Arguments = Readonly<Record<string, string>>;

interface FixturePrompt {
  name: string;
  arguments?: { name: string; description: string; required: boolean }[];
  get(args: Arguments, context: ServerContext): GetPromptResult | InputRequiredResult;
}

const said = (...content: ContentBlock[]): GetPromptResult => ({ messages: content.map((each) => ({ role: 'user', content: each })) });
const words = (text: string): ContentBlock => ({ type: 'text', text });
const argument = (name: string): { name: string; description: string; required: boolean } => ({ name, description: 'A text.', required: true });

function withContext(_args: Arguments, { mcpReq }: ServerContext): GetPromptResult | InputRequiredResult {
  const answer = mcpReq.inputResponses?.user_context as { content?: { context?: string } } | undefined;
  return answer?.content?.context === undefined ? inputRequired({ inputRequests: { user_context: form('What context should the prompt use?', 'context') } }) : said(words(`In the context of ${answer.content.context}`));
}

const PROMPTS: readonly FixturePrompt[] = [
  { name: 'test_simple_prompt', get: () => said(words('This is a simple prompt for testing.')) },
  { name: 'test_prompt_with_arguments', arguments: [argument('arg1'), argument('arg2')], get: ({ arg1, arg2 }) => said(words(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)) },
  {
    name: 'test_prompt_with_embedded_resource', arguments: [argument('resourceUri')],
    get: ({ resourceUri }) => said({ type: 'resource', resource: { uri: resourceUri!, mimeType: 'text/plain', text: 'Embedded resource content for testing.' } }, words('Please process the embedded resource above.')),
  },
  { name: 'test_prompt_with_image', get: () => said(IMAGE, words('Please analyze the image above.')) },
  { name: 'test_input_required_result_prompt', get: withContext },
];

export function offerPrompts(server: Server): void {
  server.setRequestHandler('prompts/list', () => ({ prompts: PROMPTS.map(({ name, arguments: taken }) => ({ name, description: 'A fixture of the conformance suite.', arguments: taken })) }));
  server.setRequestHandler('prompts/get', ({ params }, context) => {
    const prompt = PROMPTS.find(({ name }) => name === params.name);
    if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no prompt of this name.');
    return prompt.get(params.arguments ?? {}, context);
  });
  server.setRequestHandler('completion/complete', () => ({ completion: { values: [], total: 0, hasMore: false } }));
}
