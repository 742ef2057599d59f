import { FindSession, type InputOf, type OutputOf, ReadSession, type RequestContract, type Session } from '#libs/contracts';
import { Fault } from '#libs/faults';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The bus, as the caller. */
export type Ask = <C extends RequestContract>(contract: C, input: InputOf<C>) => Promise<OutputOf<C>>;

/** The session that a client names: by the agent's own id for it, where it is the caller's, or by ours. */
export async function findNamedSession(ask: Ask, agent: string, id: string): Promise<Session | null> {
  const { session } = await ask(FindSession, { agent, nativeSessionId: id });
  if (session || !UUID.test(id)) return session;
  return (await nullIfNotFound(ask(ReadSession, { sessionId: id })))?.session ?? null;
}

/** The answer, or null where there is nothing. Other faults stay faults. */
export async function nullIfNotFound<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not-found') return null;
    throw error;
  }
}
