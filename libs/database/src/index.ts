export { APP_ROLE, type Migration, openAppDataSource } from './data-source.js';
export { DatabaseConfig } from './database.config.js';
export { type ErasedRows, erasePiece, type ErasurePlan, rowsOf } from './erase-rows.js';
export { Erasures1764399000000, projectTable } from './erasures.js';
export { type ExportedTable, exportPiece, type ExportSubject } from './export-rows.js';
export { migrate } from './migrate.js';
export { type OrganisationsFunction, TenantDb, type TenantTx } from './tenant-db.js';
export { appSchema, CURRENT_ORGANISATION, DEFINER_ROLE, definerFunction, definerReads, ownedTable, tenantTable } from './tenant-table.js';
export { type CopiedTable, type RowStream, type SequenceValue, WholeDatabase } from './whole-database.js';
