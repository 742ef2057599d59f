import type { ReactNode } from 'react';

export interface Column<Row> {
  label: string;
  /** Said by screen readers alone: of columns that hold buttons. */
  isLabelHidden?: boolean;
  /** Left out where there is no room for it. */
  isSecondary?: boolean;
  cell: (row: Row) => ReactNode;
  className?: string;
}

/** Rows with the same parts. On phones the secondary parts are left out, so that nothing has to be pushed sideways. */
export function Table<Row>({ label, columns, rows, keyOf }: { label: string; columns: readonly Column<Row>[]; rows: readonly Row[]; keyOf: (row: Row) => string }) {
  const where = ({ isSecondary, className = '' }: Column<Row>): string => `px-3 py-2 align-top first:pl-3.5 ${isSecondary ? 'hidden md:table-cell' : ''} ${className}`;
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table className="w-full text-left text-sm" aria-label={label}>
        <thead className="border-b border-line bg-raised text-xs text-quiet">
          <tr>{columns.map((column) => <th key={column.label} scope="col" className={`${where(column)} font-medium`}>{column.isLabelHidden ? <span className="sr-only">{column.label}</span> : column.label}</th>)}</tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => <tr key={keyOf(row)} className="hover:bg-raised">{columns.map((column) => <td key={column.label} className={`${where(column)} wrap-anywhere`}>{column.cell(row)}</td>)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}
