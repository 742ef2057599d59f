import { z } from 'zod';
import { erasingUser } from '../erasing.js';

/** A person's handoffs, slots, feedback and briefings, and messages from and to them. */
export const EraseUserCompiled = erasingUser('compiler.erase-user-compiled.v1', { input: {}, output: { isDone: z.boolean() } });
