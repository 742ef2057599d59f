import { existsSync } from 'node:fs';
import { join } from 'node:path';

const MAJOR_MIN = 22;

/** The Node that runs the product: the one among the dependencies, else the one that runs this script if it is new enough. Throws an Error with one line. */
export function productNode(root) {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= MAJOR_MIN) return process.execPath;
  throw new Error(`There is no Node ${MAJOR_MIN} or newer for ${process.platform}-${process.arch} among the dependencies: install one (this is ${process.version}).`);
}
