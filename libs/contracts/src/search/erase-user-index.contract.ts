import { z } from 'zod';
import { erasingUser } from '../erasing.js';

/** A person's name where it says who asked for something. Of pages and sessions it follows from these. */
export const EraseUserIndex = erasingUser('search.erase-user-index.v1', { input: { name: z.string() }, output: {} });
