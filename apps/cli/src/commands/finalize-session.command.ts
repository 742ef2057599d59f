import { Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { SessionAnswer, SessionsAnswer, type SessionView } from '../client/answers.js';
import { notFoundFailure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OPEN_SESSIONS_MAX = 100;

interface Options {
  agent?: string;
  sessionId?: string;
  all?: boolean;
}

export function finalizeSessionCommand(run: Run): Command {
  return new Command('finalize-session')
    .description('Ends a session, for agents that do not tell when theirs does: the page and the handoff are made now.')
    .option('--session-id <id>', "the session, by this server's id or the agent's own")
    .option('--agent <name>', 'the latest open session of this agent')
    .option('--all', 'all open sessions of the project, or of --agent')
    .action(run(async (cli, options: Options) => {
      if (!options.sessionId && !options.agent && !options.all) throw usageFailure('Which session? Pass --session-id, --agent or --all');
      const ended: SessionView[] = [];
      for (const id of await chosen(cli, options)) ended.push((await cli.server().ask(SessionAnswer, apiPath('sessions', id, 'finalize'), { method: 'POST' })).session);
      cli.out.answer({ sessions: ended }, () => ended.map((session) => `${session.session_id} (${session.agent}) is ended`).join('\n'));
    }));
}

/** An id that only one session can have needs no project; the rest is chosen among the open sessions of the one that was named. */
async function chosen(cli: Cli, options: Options): Promise<string[]> {
  if (options.sessionId && UUID.test(options.sessionId) && !options.agent) return [options.sessionId];
  const { sessions } = await cli.server().ask(SessionsAnswer, projectPath(await cli.writeScope(), 'sessions'), { query: { state: 'open', limit: OPEN_SESSIONS_MAX } });
  const fitting = sessions.filter((session) => fits(session, options));
  if (fitting.length === 0) throw notFoundFailure('There is no such open session');
  return (options.all ? fitting : fitting.slice(0, 1)).map(({ session_id: id }) => id);
}

function fits(session: SessionView, { agent, sessionId }: Options): boolean {
  return (!agent || session.agent === agent) && (!sessionId || [session.session_id, session.native_session_id].includes(sessionId));
}
