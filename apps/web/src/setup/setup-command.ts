/** Where the command looks for a server that nobody names. */
const OWN_SERVER = 'http://127.0.0.1:49374';

/** The one command that connects the agents of a machine. The token comes by stdin, the same in every shell: on the command line others could read it. */
export function setupCommand(serverUrl: string, token?: string): string {
  const server = serverUrl === OWN_SERVER ? '' : ` --server-url ${serverUrl}`;
  return token === undefined ? `npm run cli -- setup${server}` : `echo ${token} | npm run cli -- setup${server} --token - --yes`;
}
