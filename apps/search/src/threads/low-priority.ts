import { setPriority } from 'node:os';

/** Of 40 steps, halfway to the lowest: where both want a processor, the thread of requests gets nine tenths of it. */
const NICE = 10;

/** A side effect of loading this in a worker: elsewhere than on Linux a priority is the whole process's, and stays what it is. */
if (process.platform === 'linux') {
  try {
    setPriority(NICE);
  } catch {
    // A sandbox may forbid it: the work matters more than who goes first.
  }
}
