/** Outlines on a field of 24 by 24. */
const PATHS = {
  home: 'M4 11l8-7 8 7M6 10v10h12V10',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.5 16.5L21 21',
  folder: 'M3 6h6l2 2h10v11H3z',
  page: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  session: 'M4 5h16v11H9l-5 4z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  chevron: 'M9 6l6 6-6 6',
  check: 'M5 12l5 5 9-10',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  history: 'M4 12a8 8 0 1 0 3-6.2M4 4v4h4M12 8v4l3 2',
  people: 'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 5.5a3 3 0 0 1 0 5.5M18 14.5c2 .8 3 2.8 3 5.5',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  handoff: 'M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4',
  warning: 'M12 4L2.5 20h19zM12 10v4M12 17v.5',
  tool: 'M14 6a4 4 0 0 0-5 5L4 16l4 4 5-5a4 4 0 0 0 5-5l-3 3-3-1-1-3z',
  spark: 'M12 4v5M12 15v5M4 12h5M15 12h5',
  settings: 'M5 7h9M18 7h1M5 17h1M10 17h9M14 5v4M8 15v4',
  server: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8v.1M7.5 16v.1',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  keyboard: 'M3 7h18v10H3zM7 11v.1M11 11v.1M15 11v.1M8 14h8',
  graph: 'M6 6a2 2 0 1 0 0 .1M18 9a2 2 0 1 0 0 .1M9 18a2 2 0 1 0 0 .1M8 7l8 2M7 8l2 8M16 11l-5 6',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
} as const;

export type IconName = keyof typeof PATHS;

/** Says nothing to a screen reader: what it stands beside does. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`${/\bsize-/.test(className) ? '' : 'size-4'} ${className} shrink-0`} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round">
      <path d={PATHS[name]} />
    </svg>
  );
}
