import { readFileSync } from 'node:fs';
import { compileSession, renderHandoff } from '../../apps/compiler/src/rules/compile-session.js';
import { readExported } from './exported-session.js';

/** `node dist/test/understanding/compile-export.js <transcript.md>`: prints the page and the handoff of one exported session. */
const path = process.argv[2];
if (path === undefined) throw new Error('Give the path of a transcript.');
const { session, observations } = readExported(readFileSync(path, 'utf8'));
const compiled = await compileSession({ session, observations });
if (compiled.kind === 'ephemeral') throw new Error('The session left nothing.');
const handoff = renderHandoff({ fromAgent: session.agent, fromUser: session.ownerName, endedAt: session.endedAt ?? session.startedAt, sessionId: session.sessionId, trust: 'tool', content: compiled.handoff }, new Date());
process.stdout.write(`${compiled.page.body}\n<!-- handoff -->\n\n${handoff}\n`);
