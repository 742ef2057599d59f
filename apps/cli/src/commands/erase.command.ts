import { Command, Option } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { ErasureAnswer, ErasurePolicyAnswer, ErasuresAnswer, type ErasureView, MeAnswer } from '../client/answers.js';
import { Failure, usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { ask } from '../input/prompt.js';
import { ageOf } from '../output/age.js';
import { userId } from './user.command.js';

const POLL_MS = 500;
const WAIT_MS_MAX = 120_000;

interface Confirmed { confirm?: string }

export function eraseCommand(run: Run): Command {
  const command = new Command('erase').description('Makes a whole project, person or organisation gone for good. For owners.');
  const confirmed = (verb: string, description: string): Command => command.command(verb).description(description).option('--confirm <name>', 'the name once more, in place of being asked');
  confirmed('project', 'the project that is named by option or marker').action(run(eraseProject));
  confirmed('user', 'a person, with what they left; in histories of pages an erased user stands in their place').argument('<name>').action(run(eraseUser));
  confirmed('me', 'the same of whoever is signed in, where the organisation lets them').action(run(eraseMe));
  command.command('policy').description('tells or sets whether people may have themselves erased')
    .addOption(new Option('--by-oneself <choice>', 'whether they may').choices(['yes', 'no'])).action(run(policy));
  confirmed('organisation', 'its people and tokens included; the operator may erase any').argument('<name>').action(run(eraseOrganisation));
  command.command('list').description('what was erased and is being erased; projects, unless told').option('--users', 'people').option('--organisations', 'organisations, for the operator').action(run(list));
  return command;
}

async function eraseProject(cli: Cli, { confirm }: Confirmed): Promise<void> {
  const scope = await cli.writeScope();
  const name = await agreed(cli, `${scope.workspace}/${scope.project}`, confirm);
  const { erasure } = await cli.server().ask(ErasureAnswer, projectPath(scope), { method: 'DELETE', query: { confirm: name } });
  const done = await awaitDone(cli, erasure.erasure_id, 'projects');
  cli.out.answer({ erasure: done }, () => `${name} is erased: ${counted(done)}. Backups still have it.`);
}

async function eraseUser(cli: Cli, name: string, { confirm }: Confirmed): Promise<void> {
  const id = await userId(cli, name);
  const agreedName = await agreed(cli, name, confirm);
  const { erasure } = await cli.server().ask(ErasureAnswer, apiPath('users', id), { method: 'DELETE', query: { confirm: agreedName } });
  const done = await awaitDone(cli, erasure.erasure_id, 'users');
  cli.out.answer({ erasure: done }, () => `${name} is erased: ${counted(done)}. Backups and clones still have them.`);
}

async function eraseMe(cli: Cli, { confirm }: Confirmed): Promise<void> {
  const { user } = await cli.server().ask(MeAnswer, apiPath('me'));
  const name = await agreed(cli, user.name, confirm);
  const answer = await cli.server().ask(ErasureAnswer, apiPath('me'), { method: 'DELETE', query: { confirm: name } });
  cli.out.answer(answer, () => `You are being erased, and nobody acts in your name any more. Owners see when it is done (erasure ${answer.erasure.erasure_id})`);
}

async function policy(cli: Cli, { byOneself }: { byOneself?: 'yes' | 'no' }): Promise<void> {
  const request = byOneself === undefined ? {} : { method: 'PUT' as const, body: { by_oneself: byOneself === 'yes' } };
  const answer = await cli.server().ask(ErasurePolicyAnswer, apiPath('erasures', 'policy'), request);
  cli.out.answer(answer, () => (answer.by_oneself ? 'People may have themselves erased.' : 'Only owners and admins have people erased.'));
}

/** The answer is the last that anybody of the organisation gets. */
async function eraseOrganisation(cli: Cli, organisation: string, { confirm }: Confirmed): Promise<void> {
  const name = await agreed(cli, organisation, confirm);
  const answer = await cli.server().ask(ErasureAnswer, apiPath('organisations', organisation), { method: 'DELETE', query: { confirm: name } });
  cli.out.answer(answer, () => `${name} is being erased, and nobody of it gets in any more. The operator sees when it is done: ai-memory erase list --organisations (erasure ${answer.erasure.erasure_id})`);
}

async function list(cli: Cli, { organisations = false, users = false }: { organisations?: boolean; users?: boolean }): Promise<void> {
  if (organisations && users) throw usageFailure('Pass --users or --organisations, not both');
  const of = organisations ? 'organisations' : users ? 'users' : 'projects';
  const answer = await cli.server().ask(ErasuresAnswer, apiPath('erasures'), { query: { of } });
  const what = { organisations: (each: ErasureView) => each.organisation_id, users: (each: ErasureView) => each.user_id, projects: (each: ErasureView) => each.project_id };
  const rows = answer.erasures.map((erasure) => [erasure.erasure_id, what[of](erasure) ?? '', ageOf(erasure.requested_at, cli.world.now()), erasure.done ? 'done' : 'under way', counted(erasure)]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['ERASURE', of.slice(0, -1).toUpperCase(), 'AGE', 'STATE', 'GONE'], rows) : 'Nothing was erased.'));
}

/** Typing the name is more than a yes, which is said too easily. */
async function agreed(cli: Cli, name: string, confirm: string | undefined): Promise<string> {
  if (confirm === undefined && !cli.world.stdin.isTTY) throw usageFailure(`Pass --confirm ${name}`);
  const said = confirm ?? await ask(cli.world, `All of ${name} will be gone for good. Its name, to confirm: `);
  if (said !== name) throw new Failure('Nothing was erased: that is another name');
  return name;
}

async function awaitDone(cli: Cli, erasureId: string, of: 'projects' | 'users'): Promise<ErasureView> {
  for (const deadline = Date.now() + WAIT_MS_MAX; ; ) {
    const { erasures } = await cli.server().ask(ErasuresAnswer, apiPath('erasures'), { query: { of } });
    const erasure = erasures.find((each) => each.erasure_id === erasureId);
    if (erasure?.done) return erasure;
    if (Date.now() > deadline) throw new Failure('The erasure is begun and not done yet. It goes on by itself; see ai-memory erase list');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function counted({ rows }: ErasureView): string {
  return `${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows and repositories`;
}
