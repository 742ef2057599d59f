export { isBinding } from './binding-page.js';
export { FRONTMATTER_INVALID, type Frontmatter, type ParsedPage, parsePage, serialisePage } from './frontmatter.js';
export { describePage, type PageDescription } from './page-description.js';
export { pageIdOf } from './page-id.js';
export { kindOf } from './page-kind.js';
export { linksOf, linkText, type PageLink } from './page-links.js';
export { lastSuccessors, type PageRelation, RELATION_TYPES, type RelationType, relationsOf, type Succession } from './page-relations.js';
export { isPagePath, PAGE_PATH_CHARS_MAX, PAGE_PATH_INVALID, type PagePath, pagePathProblem, parsePagePath } from './page-path.js';
export { leastTrust, statedTrust, type TrustedVersion, writtenTrust } from './page-trust.js';
