import type { Command } from 'commander';
import type { Run } from '../cli.js';
import { adminCommand } from './admin.command.js';
import { archivedCommand } from './archived.command.js';
import { auditCommand } from './audit.command.js';
import { backfillCommand } from './backfill.command.js';
import { bootstrapCommand } from './bootstrap.command.js';
import { briefingCommand } from './briefing.command.js';
import { completionsCommand } from './completions.command.js';
import { configCommand } from './config.command.js';
import { connectionsCommand } from './connections.command.js';
import { consolidateCommand } from './consolidate.command.js';
import { dataCommand } from './data.command.js';
import { deletePageCommand } from './delete-page.command.js';
import { diffCommand } from './diff.command.js';
import { doctorCommand } from './doctor.command.js';
import { drainCommand } from './drain.command.js';
import { eraseCommand } from './erase.command.js';
import { exportCommand } from './export.command.js';
import { feedbackCommand } from './feedback.command.js';
import { finalizeSessionCommand } from './finalize-session.command.js';
import { grantCommand } from './grant.command.js';
import { groupCommand } from './group.command.js';
import { handoffsCommand } from './handoffs.command.js';
import { historyCommand } from './history.command.js';
import { holdCommand } from './hold.command.js';
import { importCommand } from './import.command.js';
import { installHooksCommand } from './install-hooks.command.js';
import { installInstructionsCommand } from './install-instructions.command.js';
import { installMcpCommand } from './install-mcp.command.js';
import { limitsCommand } from './limits.command.js';
import { lintCommand } from './lint.command.js';
import { loginCommand } from './login.command.js';
import { logoutCommand } from './logout.command.js';
import { mcpBridgeCommand } from './mcp-bridge.command.js';
import { messageCommand } from './message.command.js';
import { openCommand } from './open.command.js';
import { pinCommand, unpinCommand } from './pin.command.js';
import { projectCommand } from './project.command.js';
import { projectsCommand } from './projects.command.js';
import { purgeCommand } from './purge.command.js';
import { readPageCommand } from './read-page.command.js';
import { reindexCommand } from './reindex.command.js';
import { reportCommand } from './report.command.js';
import { restoreCommand } from './restore.command.js';
import { retentionCommand } from './retention.command.js';
import { revertCommand } from './revert.command.js';
import { reviewCommand } from './review.command.js';
import { searchCommand } from './search.command.js';
import { sessionsCommand } from './sessions.command.js';
import { setupCommand } from './setup.command.js';
import { slotCommand } from './slot.command.js';
import { statusCommand } from './status.command.js';
import { tokenCommand } from './token.command.js';
import { uninstallCommand } from './uninstall.command.js';
import { usageCommand } from './usage.command.js';
import { userCommand } from './user.command.js';
import { writePageCommand } from './write-page.command.js';

type MakeCommand = (run: Run, program: () => Command) => Command;

/** By the headings under which help lists them, in its order. */
export const COMMANDS: Readonly<Record<string, readonly MakeCommand[]>> = {
  'Connect this machine:': [setupCommand, statusCommand, doctorCommand, loginCommand, logoutCommand, tokenCommand, connectionsCommand, configCommand],
  'Wire one agent:': [installHooksCommand, installMcpCommand, installInstructionsCommand, uninstallCommand],
  'Read and write:': [
    searchCommand, readPageCommand, writePageCommand, deletePageCommand, pinCommand, unpinCommand, historyCommand, diffCommand, archivedCommand, restoreCommand, retentionCommand, revertCommand,
    purgeCommand, reviewCommand, feedbackCommand, lintCommand, briefingCommand, reportCommand, handoffsCommand, messageCommand, slotCommand, sessionsCommand,
    projectsCommand, finalizeSessionCommand, consolidateCommand, openCommand,
  ],
  'Run an organisation:': [auditCommand, usageCommand, limitsCommand, dataCommand, userCommand, groupCommand, grantCommand, projectCommand, eraseCommand, holdCommand],
  'Run an installation:': [adminCommand],
  'Besides:': [bootstrapCommand, exportCommand, importCommand, backfillCommand, reindexCommand, drainCommand, mcpBridgeCommand, completionsCommand],
};
