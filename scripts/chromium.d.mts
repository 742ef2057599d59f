export const WHAT_TO_INSTALL: string;
export function findChromium(): string | undefined;
export function installChromium(log: (line: string) => void): Promise<void>;
