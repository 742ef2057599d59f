import type { Machine, WiredFile, WiringSettings } from '../wiring/wiring.js';

const HOME = '/home/you';
const WINDOWS_HOME = 'C:\\Users\\you';

const LINUX: Machine = { platform: 'linux', home: HOME, variables: {} };
const MAC: Machine = { platform: 'darwin', home: HOME, variables: {} };
const WINDOWS: Machine = { platform: 'win32', home: WINDOWS_HOME, variables: {} };

/** What the pages show: somebody's machine and server, with a token that is none. */
const SETTINGS: WiringSettings = {
  serverUrl: 'https://memory.example.com', token: { literal: 'mem_pat_…' }, clientHome: `${HOME}/.ai-memory`, bridgeCommand: ['node', '/opt/ai-memory/main.js', 'mcp-bridge'],
};

/** A file as a machine without it gets it. */
export interface ExampleFile {
  readonly files: readonly WiredFile[];
  /** Where it is on Linux, and elsewhere if it is not the same. */
  readonly path: string;
  readonly elsewhere: readonly string[];
  readonly text: string;
}

/** The files of an agent, each once, with all that is put into it. */
export function exampleFiles(filesOf: (machine: Machine) => readonly WiredFile[]): ExampleFile[] {
  const pathsOf = (machine: Machine): string[] => [...new Set(filesOf(machine).map(({ path }) => path))];
  const [onMac, onWindows] = [pathsOf(MAC).map(fromHome), pathsOf(WINDOWS).map(fromHome)];
  return [...Map.groupBy(filesOf(LINUX), ({ path }) => path)].map(([path, files], index) => ({
    files,
    path: fromHome(path),
    elsewhere: [...new Set([onMac[index]!, onWindows[index]!])].filter((other) => other.replaceAll('\\', '/') !== fromHome(path)),
    text: files.reduce<string | null>((text, file) => file.install(text, SETTINGS), null)!,
  }));
}

function fromHome(path: string): string {
  return path.replace(HOME, '~').replace(`${WINDOWS_HOME}\\AppData\\Roaming`, '%APPDATA%').replace(WINDOWS_HOME, '~');
}
