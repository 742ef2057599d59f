export function documentHash(document: object): string;
