import type { ReactNode } from 'react';

export interface Column<Row> {
  label: string;
  /** Holds buttons: their label is said by screen readers alone, and on phones they stand below the row's other parts. */
  isActions?: boolean;
  /** Left out where there is no room for it. */
  isSecondary?: boolean;
  cell: (row: Row) => ReactNode;
  className?: string;
}

/** Rows with the same parts. On phones the secondary parts are left out, so that nothing has to be pushed sideways. */
export function Table<Row>({ label, columns, rows, keyOf }: { label: string; columns: readonly Column<Row>[]; rows: readonly Row[]; keyOf: (row: Row) => string }) {
  const [row, head] = columns.some(({ isActions }) => isActions) ? ['max-md:flex max-md:flex-wrap max-md:items-center', 'max-md:sr-only'] : ['', ''];
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table aria-label={label} className="w-full text-left text-sm">
        <thead className={`border-b border-line bg-raised text-xs text-quiet ${head}`}>
          <tr>{columns.map((column) => <th key={column.label} scope="col" className={`${classOf(column)} font-medium`}>{column.isActions ? <span className="sr-only">{column.label}</span> : column.label}</th>)}</tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((each) => (
            <tr key={keyOf(each)} className={`hover:bg-raised ${row}`}>
              {columns.map((column) => <td key={column.label} className={classOf(column)}>{column.isActions ? <div className="flex flex-wrap gap-1 md:flex-nowrap md:justify-end">{column.cell(each)}</div> : column.cell(each)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf<Row>({ isSecondary, isActions, className = '' }: Column<Row>): string {
  const place = isActions ? 'py-1 whitespace-nowrap max-md:w-full max-md:px-1.5 max-md:pt-0' : 'py-2 wrap-anywhere first:pl-3.5 max-md:first:min-w-0 max-md:first:flex-1';
  return `px-3 align-middle ${place} ${isSecondary ? 'hidden md:table-cell' : ''} ${className}`;
}
