export { FRONTMATTER_INVALID, type Frontmatter, type ParsedPage, parsePage, serialisePage } from './frontmatter.js';
export { describePage, type PageDescription } from './page-description.js';
export { pageIdOf } from './page-id.js';
export { REPORTS_FOLDER } from './page-kind.js';
export { linksOf, linkText, type PageLink } from './page-links.js';
export { isPagePath, PAGE_PATH_CHARS_MAX, PAGE_PATH_INVALID, type PagePath, pagePathProblem, parsePagePath } from './page-path.js';
