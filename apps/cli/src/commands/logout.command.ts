import { Command } from 'commander';
import type { Run } from '../cli.js';

export function logoutCommand(run: Run): Command {
  return new Command('logout')
    .description('Forgets the stored token. The server keeps it valid until an owner revokes it.')
    .action(run(async (cli) => {
      const wasThere = await cli.namedHome.forgetToken();
      cli.out.answer({ signed_out: wasThere }, () => (wasThere ? 'The token is forgotten. Agents that were wired with it keep theirs: ai-memory uninstall' : 'There was no token.'));
    }));
}
