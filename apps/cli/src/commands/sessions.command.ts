import { join } from 'node:path';
import { Command, Option } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { CaptureRetentionAnswer, SessionsAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

export function sessionsCommand(run: Run): Command {
  return new Command('sessions').addCommand(retentionOfCapture(run))
    .description('Lists the sessions of a project, newest first.')
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'ended', 'all']).default('all'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 100), 20)
    .action(run(async (cli, { state, limit }: { state: string; limit: number }) => {
      const answer = await cli.server().ask(SessionsAnswer, projectPath(await cli.readScope(), 'sessions'), { query: { state, limit } });
      const rows = answer.sessions.map(({ session_id: id, agent, started_at: startedAt, ended_at: endedAt, observations, cwd, expired_at: expiredAt }) =>
        [id, agent, ageOf(startedAt, cli.world.now()), expiredAt ? 'expired' : endedAt ? 'ended' : 'open', String(observations), shortened(cwd ?? '', cli.world.homeDir)]);
      cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['SESSION', 'AGENT', 'AGE', 'STATE', 'EVENTS', 'FOLDER'], rows) : 'There are no sessions.'));
    }));
}

interface Retention { days?: number; keep?: boolean; organisation?: boolean }

function retentionOfCapture(run: Run): Command {
  return new Command('retention')
    .description('Tells how long what was captured is kept after a session\'s last event, or sets it; pages that were made of it stay. The shorter of project and organisation holds.')
    .option('--days <days>', 'keeps it for so long', wholeNumber(1, 3_650))
    .option('--keep', 'keeps it for ever')
    .option('--organisation', 'in all projects')
    .action(run(async (cli, { days, keep = false, organisation = false }: Retention) => {
      if (keep && days !== undefined) throw usageFailure('Pass --days or --keep, not both');
      const isChange = keep || days !== undefined;
      const path = organisation ? apiPath('capture-retention') : projectPath(await (isChange ? cli.writeScope() : cli.readScope()), 'capture-retention');
      const answer = await cli.server().ask(CaptureRetentionAnswer, path, isChange ? { method: 'PUT', body: { retention_days: days ?? null } } : {});
      cli.out.answer(answer, () => told(answer));
    }));
}

function told({ retention_days: days, effective_days: effective = days }: (typeof CaptureRetentionAnswer)['_output']): string {
  const kept = effective === null ? 'What was captured is kept for ever.' : `What was captured is kept for ${effective} days after a session's last event.`;
  return effective === days ? kept : `${kept} The organisation has it so.`;
}

function shortened(folder: string, homeDir: string): string {
  return folder === homeDir || folder.startsWith(join(homeDir, '/')) ? `~${folder.slice(homeDir.length)}` : folder;
}
