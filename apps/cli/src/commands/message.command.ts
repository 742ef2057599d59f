import { Command, Option } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { ClaimedMessageAnswer, MessageAnswer, MessagesAnswer, type MessageView } from '../client/answers.js';
import { notFoundFailure, usageFailure } from '../client/failure.js';
import { readStdin } from '../input/given-text.js';
import { wholeNumber } from '../input/whole-number.js';
import { ageOf } from '../output/age.js';

export function messageCommand(run: Run): Command {
  const command = new Command('message').description('Sends, lists and reads messages between projects and people; each is told to one session, once.');
  command.command('send').description('leaves a message from this project for the next session of another, of a person, or both')
    .argument('<text>', '- for stdin; at most 2,048 bytes')
    .option('--to <workspace/project>', 'for whoever works there next')
    .option('--to-user <name>', 'for this person, in any project unless --to names one')
    .option('--subject <line>', 'at most 200 characters')
    .option('--expires-in-days <days>', 'it then is told to nobody', wholeNumber(1, 90), 30)
    .action(run(send));
  command.command('list').description('lists them; claims none')
    .addOption(new Option('--box <box>', 'those for this project and you, or those that you sent from it').choices(['inbox', 'outbox']).default('inbox'))
    .addOption(new Option('--state <state>', 'only these').choices(['pending', 'claimed', 'cancelled', 'expired']).default('pending'))
    .option('-n, --limit <count>', 'at most so many', wholeNumber(1, 200), 50)
    .action(run(list));
  command.command('pop').description('reads the oldest that waits, or the one named, so that no session is told it').argument('[id]', 'as list --json gives it').action(run(pop));
  command.command('cancel').description('takes back what you sent from this project, as long as nobody has been told it').argument('<id>', 'as list --box outbox --json gives it').action(run(cancel));
  return command;
}

interface SendOptions { to?: string; toUser?: string; subject?: string; expiresInDays: number }

async function send(cli: Cli, text: string, { to, toUser, subject, expiresInDays }: SendOptions): Promise<void> {
  if (!to && !toUser) throw usageFailure('For whom? Pass --to WORKSPACE/PROJECT, --to-user NAME, or both');
  const body = { to: to && placeIn(to), to_user: toUser, subject, body: text === '-' ? await readStdin(cli.world) : text, expires_in_days: expiresInDays };
  const answer = await cli.server().ask(MessageAnswer, projectPath(await cli.writeScope(), 'messages'), { method: 'POST', body });
  cli.out.answer(answer, () => `${answer.message.message_id} waits for ${recipientOf(answer.message)}`);
}

async function list(cli: Cli, { box, state, limit }: { box: string; state: string; limit: number }): Promise<void> {
  const answer = await cli.server().ask(MessagesAnswer, projectPath(await cli.readScope(), 'messages'), { query: { box, state, limit } });
  const rows = answer.messages.map((each) => [ageOf(each.sent_at, cli.world.now()), each.message_id, `${each.from} ${each.sender}`, recipientOf(each), each.subject || each.body]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['AGE', 'ID', 'FROM', 'TO', 'SUBJECT'], rows) : `There is no ${state} message.`));
}

async function pop(cli: Cli, id: string | undefined): Promise<void> {
  const answer = await cli.server().ask(ClaimedMessageAnswer, projectPath(await cli.writeScope(), 'messages', 'claim'), { method: 'POST', body: { message_id: id } });
  const { message } = answer;
  if (!message) throw notFoundFailure('No such message waits.');
  const head = `From ${message.from} by ${message.sender}${message.agent ? ` with ${message.agent}` : ''}, ${message.sent_at}`;
  cli.out.answer(answer, () => cli.out.foreign([head, message.subject, message.body].filter(Boolean).join('\n\n')));
}

async function cancel(cli: Cli, id: string): Promise<void> {
  const answer = await cli.server().ask(MessageAnswer, projectPath(await cli.writeScope(), 'messages', id, 'cancel'), { method: 'POST' });
  cli.out.answer(answer, () => `${answer.message.message_id} is ${answer.message.state}`);
}

function placeIn(text: string): { workspace: string; project: string } {
  const [workspace, project, ...more] = text.split('/');
  if (!workspace || !project || more.length > 0) throw usageFailure('--to takes WORKSPACE/PROJECT');
  return { workspace, project };
}

function recipientOf({ to, recipient }: MessageView): string {
  return [to, recipient].filter(Boolean).join(' ');
}
