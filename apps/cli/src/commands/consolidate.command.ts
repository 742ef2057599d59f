import { Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { ConsolidationAnswer, type ConsolidationView, ConsolidationsAnswer, SessionsAnswer } from '../client/answers.js';
import { Failure, notFoundFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { wholeNumber } from '../input/whole-number.js';
import { counted } from '../output/counted.js';

const POLL_MS = 500;

interface Options {
  session?: string;
  wait: number;
}

export function consolidateCommand(run: Run): Command {
  return new Command('consolidate')
    .description('Has a language model turn an ended session into pages of decisions, gotchas, procedures and concepts. Costs tokens.')
    .option('--session <id>', 'as `ai-memory sessions` lists it; else the latest of the project that has ended')
    .option('--wait <seconds>', 'so long at most for it to be done; 0 only asks', wholeNumber(0, 3_600), 300)
    .action(run(async (cli, { session, wait }: Options) => {
      const id = session ?? (await latestEnded(cli));
      const { job: asked } = await cli.server().ask(ConsolidationAnswer, apiPath('sessions', id, 'consolidate'), { method: 'POST' });
      const job = await ended(cli, asked, Date.now() + wait * 1_000);
      if (job.state === 'failed') throw new Failure(`The session was not consolidated: ${job.reason ?? 'no reason is known'} (${costOf(job)})`);
      cli.out.answer({ job }, () => describe(job));
    }));
}

async function latestEnded(cli: Cli): Promise<string> {
  const { sessions: [latest] } = await cli.server().ask(SessionsAnswer, projectPath(await cli.readScope(), 'sessions'), { query: { state: 'ended', limit: 1 } });
  if (!latest) throw notFoundFailure('No session of the project has ended');
  return latest.session_id;
}

/** The job once it is done or has failed, or as it is at the deadline. */
async function ended(cli: Cli, asked: ConsolidationView, deadline: number): Promise<ConsolidationView> {
  let job = asked;
  while ((job.state === 'waiting' || job.state === 'running') && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const { jobs } = await cli.server().ask(ConsolidationsAnswer, apiPath('consolidations'), { query: { session: job.session_id, limit: 1 } });
    job = jobs[0] ?? job;
  }
  return job;
}

function describe(job: ConsolidationView): string {
  if (job.state !== 'done') return `Session ${job.session_id}: ${job.state}${job.reason ? ` (${job.reason})` : ''}, ${costOf(job)} so far`;
  return `Session ${job.session_id}: ${job.reason ?? 'consolidated'}, ${costOf(job)}`;
}

/** Of all its attempts; without dollars where no model has a price. */
function costOf({ usage: { calls, input_tokens: input, output_tokens: output, cost_usd: dollars } }: ConsolidationView): string {
  return `${counted(calls, 'call')}, ${counted(input + output, 'token')}${dollars > 0 ? `, ${dollars.toFixed(4)} USD` : ''}`;
}
