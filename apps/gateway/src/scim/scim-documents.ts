import { GROUP_SCHEMA } from './scim-group.js';
import type { Json, Resource } from './scim-patch.js';
import { USER_SCHEMA } from './scim-user.js';

export const PAGE_ROWS_MAX = 200;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export function listResponse(resources: readonly Resource[], total: number, startIndex: number): Resource {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: total, startIndex, itemsPerPage: resources.length, Resources: [...resources] };
}

/** What of RFC 7643 and 7644 is there. */
export function serviceProviderConfig(base: string): Resource {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true }, bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 }, filter: { supported: true, maxResults: PAGE_ROWS_MAX },
    changePassword: { supported: false }, sort: { supported: false }, etag: { supported: false },
    authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer token', description: 'A token of a service account that may look after people (admin:people).', primary: true }],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string): Resource[] {
  const type = (name: string, schema: string, extensions: Json[]): Resource => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], id: name, name, endpoint: `/${name}s`, schema, schemaExtensions: extensions, meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  });
  return [type('User', USER_SCHEMA, [{ schema: ENTERPRISE, required: false }]), type('Group', GROUP_SCHEMA, [])];
}

interface Attribute { name: string; type?: string; multiValued?: boolean; required?: boolean; uniqueness?: string; mutability?: string; subAttributes?: Attribute[] }

const attribute = ({ name, type = 'string', multiValued = false, required = false, uniqueness = 'none', mutability = 'readWrite', subAttributes }: Attribute): Resource => ({
  name, type, multiValued, required, caseExact: false, mutability, returned: 'default', uniqueness, ...(subAttributes ? { subAttributes: subAttributes.map(attribute) } : {}),
});

const USER_ATTRIBUTES: Attribute[] = [
  { name: 'userName', required: true, uniqueness: 'server' }, { name: 'externalId' }, { name: 'displayName' }, { name: 'active', type: 'boolean' },
  { name: 'name', type: 'complex', subAttributes: [{ name: 'formatted' }, { name: 'givenName' }, { name: 'familyName' }] },
  { name: 'emails', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }, { name: 'type' }, { name: 'primary', type: 'boolean' }] },
  { name: 'groups', type: 'complex', multiValued: true, mutability: 'readOnly', subAttributes: [{ name: 'value', mutability: 'readOnly' }, { name: 'display', mutability: 'readOnly' }] },
];
const GROUP_ATTRIBUTES: Attribute[] = [
  { name: 'displayName', required: true, uniqueness: 'server' }, { name: 'externalId' },
  { name: 'members', type: 'complex', multiValued: true, subAttributes: [{ name: 'value', mutability: 'immutable' }, { name: 'display', mutability: 'readOnly' }] },
];

export function schemas(base: string): Resource[] {
  const schema = (id: string, name: string, attributes: Attribute[]): Resource => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'], id, name, description: name, attributes: attributes.map(attribute), meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  });
  return [schema(USER_SCHEMA, 'User', USER_ATTRIBUTES), schema(GROUP_SCHEMA, 'Group', GROUP_ATTRIBUTES), schema(ENTERPRISE, 'Enterprise User', [{ name: 'department' }, { name: 'employeeNumber' }, { name: 'organization' }])];
}
