export { eventually } from './eventually.js';
export { createTestDatabase, TEMPLATE_DATABASE, type TestDatabase, urlOf } from './test-database.js';
export { runForTest, type TestProcess } from './test-process.js';
export { scopeForTest } from './test-scope.js';
