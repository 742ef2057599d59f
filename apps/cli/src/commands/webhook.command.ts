import { Command, Option } from 'commander';
import { type Cli, type Run } from '../cli.js';
import { DeliveriesAnswer, WebhookAnswer, WebhookRemovedAnswer, WebhooksAnswer } from '../client/answers.js';
import { notFoundFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';
import { ageOf } from '../output/age.js';

interface Options { mode: string; onFailure: string }

export function webhookCommand(run: Run): Command {
  const command = new Command('webhook').description('Lists and makes webhooks, which are told of pages that were written, or asked before they are. For owners and admins.');
  command.command('list').description('by name').action(run(list));
  command.command('add').argument('<name>').argument('<url>').description('makes one, and tells the secret that its calls are signed with')
    .addOption(new Option('--mode <mode>', 'told after, may refuse, or may change too').choices(['observe', 'reject', 'mutate']).default('observe'))
    .addOption(new Option('--on-failure <what>', 'lets a write through on which it does not decide, or not').choices(['open', 'closed']).default('open')).action(run(add));
  command.command('remove').argument('<name>').description('nothing waits for it any more').action(run(remove));
  command.command('deliveries').argument('<name>').description('its last calls').action(run(deliveries));
  return command;
}

async function list(cli: Cli): Promise<void> {
  const answer = await cli.server().ask(WebhooksAnswer, apiPath('webhooks'));
  const rows = answer.webhooks.map(({ name, mode, on_failure: onFailure, url }) => [name, mode, mode === 'observe' ? '' : onFailure, url]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['NAME', 'MODE', 'ON FAILURE', 'URL'], rows) : 'There are no webhooks.'));
}

async function add(cli: Cli, name: string, url: string, { mode, onFailure }: Options): Promise<void> {
  const answer = await cli.server().ask(WebhookAnswer, apiPath('webhooks'), { method: 'POST', body: { name, url, mode, on_failure: onFailure } });
  cli.out.answer(answer, () => `${name}: ${mode}\nSecret, shown this once: ${answer.secret}`);
}

async function remove(cli: Cli, name: string): Promise<void> {
  const answer = await cli.server().ask(WebhookRemovedAnswer, apiPath('webhooks', await webhookId(cli, name)), { method: 'DELETE' });
  cli.out.answer(answer, () => `${name}: removed`);
}

async function deliveries(cli: Cli, name: string): Promise<void> {
  const answer = await cli.server().ask(DeliveriesAnswer, apiPath('webhooks', await webhookId(cli, name), 'deliveries'));
  const rows = answer.deliveries.map((each) => [each.delivery_id, ageOf(each.sent_at, cli.world.now()), each.status, String(each.http_status ?? '-'), `${each.duration_ms} ms`]);
  cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['DELIVERY', 'AGE', 'STATUS', 'HTTP', 'TOOK'], rows) : 'It was not called yet.'));
}

async function webhookId(cli: Cli, name: string): Promise<string> {
  const { webhooks } = await cli.server().ask(WebhooksAnswer, apiPath('webhooks'));
  const webhook = webhooks.find((each) => each.name === name);
  if (!webhook) throw notFoundFailure(`There is no webhook called ${name}; \`ai-memory webhook list\` lists them`);
  return webhook.webhook_id;
}
