import { randomBytes } from 'node:crypto';
import { createRequestStateCodec, inputRequired, type InputRequiredResult, ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { capabilitiesOf, type FixtureTool, text } from './fixture-tools.js';

type Given = Readonly<Record<string, unknown>>;
type Requests = NonNullable<Parameters<typeof inputRequired>[0]['inputRequests']>;

const CODEC = createRequestStateCodec<{ round: number }>({ key: randomBytes(32) });

/** Asks for one value. */
export function form(message: string, field: string, type: 'string' | 'boolean' = 'string'): Requests[string] {
  return inputRequired.elicit({ message, requestedSchema: { type: 'object', properties: { [field]: type === 'string' ? { type } : { type } }, required: [field] } });
}

const sampling = (said: string): Requests[string] => inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: said } }], maxTokens: 50 });
const roots = (): Requests[string] => inputRequired.listRoots();

/** The answer to a form, or undefined where there is none that was accepted with content. */
function accepted(given: Given | undefined, key: string): Given | undefined {
  const answer = given?.[key] as { action?: string; content?: Given } | undefined;
  return answer?.action === 'accept' ? answer.content : undefined;
}

/** Asks until every answer is there, then tells what they were. */
function asking(name: string, requests: Requests): FixtureTool {
  return {
    name,
    call: ({ mcpReq: { inputResponses: given } }) => (Object.keys(requests).every((key) => given?.[key] !== undefined) ? text(JSON.stringify(given)) : inputRequired({ inputRequests: requests })),
  };
}

/** The same with a state that must come back as it was sent. Throws -32602 for any other. */
async function round({ mcpReq }: ServerContext): Promise<number> {
  const state = mcpReq.requestState<string>();
  if (state === undefined) return 0;
  try {
    return (await CODEC.verify(state, { mcpReq } as ServerContext)).round;
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The request state is not ours.');
  }
}

function inRounds(name: string, rounds: readonly Requests[], done: string): FixtureTool {
  return {
    name,
    call: async (context) => {
      const reached = await round(context);
      const given = context.mcpReq.inputResponses;
      const isAnswered = reached > 0 && Object.keys(rounds[reached - 1]!).every((key) => given?.[key] !== undefined);
      const next = isAnswered ? reached : Math.max(reached - 1, 0);
      if (next === rounds.length) return text(done);
      return inputRequired({ inputRequests: rounds[next]!, requestState: await CODEC.mint({ round: next + 1 }, context) });
    },
  };
}

const ELICITATION: FixtureTool = {
  name: 'test_input_required_result_elicitation',
  call: ({ mcpReq }) => {
    const answer = accepted(mcpReq.inputResponses, 'user_name');
    return typeof answer?.name === 'string' ? text(`Hello, ${answer.name}!`) : inputRequired({ inputRequests: { user_name: form('What is your name?', 'name') } });
  },
};

/** Asks only for what the client can do. */
function within(context: ServerContext): InputRequiredResult {
  const can = capabilitiesOf(context);
  const all: [capability: string, key: string, request: Requests[string]][] = [['sampling', 'greeting', sampling('Generate a greeting')], ['elicitation', 'user_name', form('What is your name?', 'name')], ['roots', 'client_roots', roots()]];
  return inputRequired({ inputRequests: Object.fromEntries(all.filter(([capability]) => can[capability]).map(([, key, request]) => [key, request])) });
}

const CONFIRM = { confirm: form('Please confirm', 'ok', 'boolean') };

/** Tools that ask the client for more before they answer. */
export const INPUT_TOOLS: readonly FixtureTool[] = [
  ELICITATION,
  { ...ELICITATION, name: 'test_streaming_elicitation' },
  asking('test_input_required_result_sampling', { capital_question: sampling('What is the capital of France?') }),
  asking('test_input_required_result_list_roots', { client_roots: roots() }),
  inRounds('test_input_required_result_request_state', [CONFIRM], 'state-ok'),
  inRounds('test_input_required_result_tampered_state', [CONFIRM], 'state-ok'),
  inRounds('test_input_required_result_multiple_inputs', [{ user_name: form('What is your name?', 'name'), greeting: sampling('Generate a greeting'), client_roots: roots() }], 'All there.'),
  inRounds('test_input_required_result_multi_round', [{ step1: form('Step 1: What is your name?', 'name') }, { step2: form('Step 2: What is your favorite color?', 'color') }], 'Both rounds are done.'),
  { name: 'test_input_required_result_capabilities', call: within },
];
