import { join } from 'node:path';
import { Command, Option } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { SessionsAnswer } from '../client/answers.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

export function sessionsCommand(run: Run): Command {
  return new Command('sessions')
    .description('Lists the sessions of a project, newest first.')
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'ended', 'all']).default('all'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 100), 20)
    .action(run(async (cli, { state, limit }: { state: string; limit: number }) => {
      const answer = await cli.server().ask(SessionsAnswer, projectPath(await cli.readScope(), 'sessions'), { query: { state, limit } });
      const rows = answer.sessions.map(({ session_id: id, agent, started_at: startedAt, ended_at: endedAt, observations, cwd }) =>
        [id, agent, ageOf(startedAt, cli.world.now()), endedAt ? 'ended' : 'open', String(observations), shortened(cwd ?? '', cli.world.homeDir)]);
      cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['SESSION', 'AGENT', 'AGE', 'STATE', 'EVENTS', 'FOLDER'], rows) : 'There are no sessions.'));
    }));
}

function shortened(folder: string, homeDir: string): string {
  return folder === homeDir || folder.startsWith(join(homeDir, '/')) ? `~${folder.slice(homeDir.length)}` : folder;
}
