import { Command } from 'commander';
import type { Cli, Run } from '../cli.js';
import { revokeDeviceToken } from '../client/device-login.js';
import { Failure } from '../client/failure.js';
import { ServerClient } from '../client/server-client.js';

export function logoutCommand(run: Run): Command {
  return new Command('logout')
    .description('Forgets the stored token, and ends it on the server where `login` got it there. Others stay valid until an owner revokes them.')
    .action(run(async (cli) => {
      const isRevoked = await revoke(cli);
      const wasThere = await cli.namedHome.forgetToken();
      cli.out.answer({ signed_out: wasThere, revoked: isRevoked }, () => (wasThere ? `The token is ${isRevoked ? 'revoked and ' : ''}forgotten. Agents that were wired with it keep theirs: ai-memory uninstall` : 'There was no token.'));
    }));
}

/** Of the token of the stored server alone. A server that can't be reached stops nobody from signing out. */
async function revoke(cli: Cli): Promise<boolean> {
  const { serverUrl, token, tokenFrom } = cli.namedConnection();
  if (token === undefined || tokenFrom !== 'file') return false;
  try {
    return await revokeDeviceToken(new ServerClient(serverUrl, undefined), token);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    cli.out.note(`${error.sentence}. The token stays valid there until it ends, or until you revoke it: ai-memory connections list`);
    return false;
  }
}
