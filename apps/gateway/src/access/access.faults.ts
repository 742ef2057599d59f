import { defineFault } from '#libs/faults';

export const NO_GROUP = defineFault('not-found', 'not-found', 'There is no such group.');
export const NO_GRANT = defineFault('not-found', 'not-found', 'There is no such grant here.');
export const NO_GRANTEE = defineFault('not-found', 'not-found', 'There is no such user or group.');
export const GROUPS_FULL = defineFault('access.groups-full', 'conflict', 'An organisation may have 1,000 groups. Delete one that is not needed.');
export const GRANTS_FULL = defineFault('access.grants-full', 'conflict', 'A project or workspace may have 1,000 grants. Grant to a group.');
