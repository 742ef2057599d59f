import { defineFault } from '#libs/faults';

export const SCIM_PATH = defineFault('scim.path', 'invalid', 'This path is not understood.');
export const SCIM_FILTER = defineFault('scim.filter', 'invalid', 'This filter is not understood: use attribute eq "value", joined by and.');
export const SCIM_VALUE = defineFault('scim.value', 'invalid', 'A value is missing or has the wrong shape.');
export const SCIM_UNIQUE = defineFault('scim.uniqueness', 'conflict', 'There is another one of this name or externalId.');
export const SCIM_PROTECTED = defineFault('scim.protected', 'forbidden', 'The operator of the installation is not changed by a directory, and owners only with the token of an owner.');

/** RFC 7644's own words for what is wrong, by our codes. */
export const SCIM_TYPES: Readonly<Record<string, string>> = {
  [SCIM_PATH.code]: 'invalidPath', [SCIM_FILTER.code]: 'invalidFilter', [SCIM_VALUE.code]: 'invalidValue', [SCIM_UNIQUE.code]: 'uniqueness',
};
