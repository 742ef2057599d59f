import { Argument, Command, Option } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { DecidedAnswer, ProposalAnswer, ProposalsAnswer, ReviewModeAnswer } from '../client/answers.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

const STANDINGS: Readonly<Record<string, string>> = {
  merges: 'The page has changed since; this is what would become of both.',
  nothing: 'The page says so already.',
  conflict: 'It can\'t be approved: the page has changed since in the same lines.',
  'deleted-since': 'It can\'t be approved: the page was deleted since.',
  'made-since': 'It can\'t be approved: a page of that path was made since.',
};

export function reviewCommand(run: Run): Command {
  const command = new Command('review').description('Lists what agents propose and a person decides on; approves and rejects it.');
  command.command('list').description('lists proposals, newest first')
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'approved', 'rejected']).default('open'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 200), 50).action(run(list));
  command.command('show').argument('<proposal>').description('prints what a proposal changes').action(run(show));
  command.command('approve').argument('<proposal>').description('does what was proposed, in your name').action(run((cli, id: string) => decide(cli, id, 'approve')));
  command.command('reject').argument('<proposal>').description('leaves the page as it is').action(run((cli, id: string) => decide(cli, id, 'reject')));
  command.command('mode').addArgument(new Argument('<mode>').choices(['automatic', 'approval'])).description('says what waits: only what binds every session, or all that machines write').action(run(setMode));
  return command;
}

async function list(cli: Cli, { state, limit }: { state: string; limit: number }): Promise<void> {
  const answer = await cli.server().ask(ProposalsAnswer, projectPath(await cli.readScope(), 'review'), { query: { state, limit } });
  const rows = answer.proposals.map((each) => [each.proposal_id, ageOf(each.proposed_at, cli.world.now()), each.change, each.path, each.agent ?? each.author, each.trust, cli.out.foreign(each.reason.split('\n')[0]!)]);
  cli.out.note(`Review is ${answer.mode}; ${answer.open} open.`);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['PROPOSAL', 'AGE', 'WHAT', 'PAGE', 'BY', 'TRUST', 'REASON'], rows) : `There is no ${state} proposal.`));
}

async function show(cli: Cli, id: string): Promise<void> {
  const answer = await cli.server().ask(ProposalAnswer, projectPath(await cli.readScope(), 'review', id));
  const { proposal, standing, diff, cut } = answer;
  cli.out.note(`${proposal.path}: ${proposal.change}, ${proposal.state}, by ${proposal.author}${proposal.agent ? ` with ${proposal.agent}` : ''}, trust ${proposal.trust}`);
  if (STANDINGS[standing]) cli.out.note(STANDINGS[standing]);
  if (cut) cli.out.note('The diff is longer than the server shows.');
  cli.out.answer(answer, () => cli.out.foreign(diff));
}

async function decide(cli: Cli, id: string, decision: 'approve' | 'reject'): Promise<void> {
  const answer = await cli.server().ask(DecidedAnswer, projectPath(await cli.writeScope(), 'review', id, decision), { method: 'POST' });
  const { path, state, commit } = answer.proposal;
  cli.out.answer(answer, () => `${path}: ${state}${commit ? ` in ${commit.slice(0, 12)}` : ''}`);
}

async function setMode(cli: Cli, mode: string): Promise<void> {
  const answer = await cli.server().ask(ReviewModeAnswer, projectPath(await cli.writeScope(), 'review'), { method: 'PUT', body: { mode } });
  cli.out.answer(answer, () => `Review is ${answer.mode}.`);
}
