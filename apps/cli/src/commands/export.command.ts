import { resolve } from 'node:path';
import { Command } from 'commander';
import { projectPath, type Run } from '../cli.js';
import { exportToFile, exportToFolder, isArchiveName } from '../archive/export-to.js';
import { counted } from '../output/counted.js';

/** So long may the pages of a large project take to arrive. */
const TIMEOUT_MS = 600_000;

export function exportCommand(run: Run): Command {
  return new Command('export')
    .description('Puts all pages of a project into a folder or an archive, as Markdown files. With their history: git clone.')
    .requiredOption('--to <place>', 'a new or empty folder; or a file whose name ends in .tar.gz, which is replaced')
    .action(run(async (cli, { to }: { to: string }) => {
      const scope = await cli.readScope();
      const target = resolve(cli.world.cwd, to);
      const archive = cli.server(TIMEOUT_MS).download(projectPath(scope, 'export'));
      const place = { workspace: scope.workspace, project: scope.project };
      if (isArchiveName(to)) {
        const bytes = await exportToFile(archive, target);
        return cli.out.answer({ scope: place, file: target, bytes }, () => `${target}: ${bytes} bytes`);
      }
      const pages = await exportToFolder(archive, target);
      cli.out.answer({ scope: place, folder: target, files: pages }, () => `${target}: ${counted(pages, 'file')}`);
    }));
}
