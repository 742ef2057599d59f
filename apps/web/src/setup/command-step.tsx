import { useMutation, useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { tellFailure } from '../ui/toasts.js';
import { setupCommand } from './setup-command.js';

/** The command to copy. Where people sign in, with a token that is made when somebody asks for it, and is shown this once. */
export function CommandStep() {
  const me = useQuery(meQuery);
  return <Asked query={me} lines={2}>{({ local }) => (local ? <Command text={setupCommand(window.location.origin)} /> : <CommandWithToken />)}</Asked>;
}

function CommandWithToken() {
  const { setup } = useStrings();
  const make = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/tokens', { body: { name: `${setup.tokenName} ${new Date().toISOString().slice(0, 10)}` } })),
    onError: tellFailure,
  });
  if (!make.data) return <Button look="primary" disabled={make.isPending} onClick={() => make.mutate()}>{setup.makeCommand}</Button>;
  return (
    <>
      <Command text={setupCommand(window.location.origin, make.data.token.token)} />
      <p role="status" className="mt-2 text-sm text-warn">{setup.shownOnce}</p>
    </>
  );
}

function Command({ text }: { text: string }) {
  const { setup } = useStrings();
  return (
    <div className="flex items-start gap-2 rounded-lg border border-line bg-raised p-3">
      <code className="min-w-0 flex-1 py-0.5 font-mono text-sm wrap-anywhere">{text}</code>
      <CopyButton text={text} label={setup.copyCommand} className="border border-line" />
    </div>
  );
}
