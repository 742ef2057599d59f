import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../files/atomic-write.js';
import { readConfigText, withSetting } from './config-file.js';
import { Failure } from './failure.js';

/** Folders for one person alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const Login = z.object({ server_url: z.string(), accepted_at: z.string(), token_sha256: z.string() });
/** That the server accepted the stored token, and when: so that one that has run out can be told from one that never was right. */
export type Login = z.output<typeof Login>;

/** Everything that the command keeps on this machine, in one folder that only its owner can enter. */
export class ClientHome {
  constructor(readonly path: string) {}

  /** What is kept for one more server. */
  profile(name: string): ClientHome {
    return new ClientHome(join(this.path, 'servers', name));
  }

  profileNames(): string[] {
    const folder = join(this.path, 'servers');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  get configPath(): string {
    return join(this.path, 'config.toml');
  }

  get tokenPath(): string {
    return join(this.path, 'token');
  }

  get backupsPath(): string {
    return join(this.path, 'backups');
  }

  private get loginPath(): string {
    return join(this.path, 'state', 'login.json');
  }

  /** What `config.toml` says, by key; nothing where there is none. */
  readConfig(): Record<string, string> {
    try {
      return readConfigText(readIfThere(this.configPath));
    } catch (error) {
      throw new Failure(`${this.configPath} is not valid TOML: ${(error as Error).message.split('\n')[0]}`, undefined, error);
    }
  }

  async writeSetting(key: string, value: string): Promise<void> {
    this.readConfig();
    await this.write(this.configPath, withSetting(readIfThere(this.configPath), key, value));
  }

  readToken(): string | undefined {
    return readIfThere(this.tokenPath).trim() || undefined;
  }

  readLogin(): Login | undefined {
    try {
      return Login.parse(JSON.parse(readIfThere(this.loginPath)));
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a server and the token that it accepted. An old token goes first, so that none is ever beside the address of a
   * server that is not its own.
   */
  async keepLogin(serverUrl: string, token: string | undefined, now: Date): Promise<void> {
    await this.forgetToken();
    await this.writeSetting('server_url', serverUrl);
    if (token === undefined) return;
    await this.write(this.tokenPath, `${token}\n`);
    await mkdir(join(this.path, 'state'), { recursive: true, mode: FOLDER_MODE });
    const login: Login = { server_url: serverUrl, accepted_at: now.toISOString(), token_sha256: digestOf(token) };
    await this.write(this.loginPath, `${JSON.stringify(login)}\n`);
  }

  /** True where there was one. */
  async forgetToken(): Promise<boolean> {
    const isThere = existsSync(this.tokenPath);
    await rm(this.tokenPath, { force: true });
    await rm(this.loginPath, { force: true });
    return isThere;
  }

  /** Makes the folder; one that others can enter is closed. */
  async ensure(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: FOLDER_MODE });
    await chmod(this.path, FOLDER_MODE);
  }

  private async write(path: string, text: string): Promise<void> {
    await this.ensure();
    await writeAtomically(path, text, { mode: FILE_MODE });
  }
}

export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
