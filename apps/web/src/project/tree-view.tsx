import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Place } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import type { Folder } from './page-tree.js';

/** Below so many pages every folder is open at first. */
const OPEN_PAGES_MAX = 40;

/** Of a folder with more, the others are shown when asked for. */
const SHOWN_PAGES = 100;

const ROW = 'flex min-h-7 w-full items-center gap-1.5 rounded px-1.5 text-left hover:bg-hover';

/** Folders that open and close, as a list of lists: a screen reader tells how deep one is. */
export function TreeView({ place, folder, isAllOpen, current }: { place: Place; folder: Folder; isAllOpen?: boolean; current?: string }) {
  const { project } = useStrings();
  const isOpenAtFirst = isAllOpen ?? folder.count <= OPEN_PAGES_MAX;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? folder.pages : folder.pages.filter(({ path }, index) => index < SHOWN_PAGES || path === current);
  return (
    <ul className="space-y-px text-sm">
      {folder.folders.map((below) => <FolderItem key={below.path} place={place} folder={below} isOpenAtFirst={isOpenAtFirst || (current?.startsWith(`${below.path}/`) ?? false)} current={current} />)}
      {shown.map(({ path, title }) => (
        <li key={path}>
          <Link to="/w/$workspace/$project/pages/$" params={{ ...place, _splat: path }} title={path} className={`${ROW} text-quiet hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent`}>
            <Icon name="page" className="size-3.5" /><span className="truncate">{title}</span>
          </Link>
        </li>
      ))}
      {shown.length < folder.pages.length && <li><button type="button" onClick={() => setWhole(true)} className={`${ROW} text-accent`}>{project.showMore(folder.pages.length - shown.length)}</button></li>}
    </ul>
  );
}

function FolderItem({ place, folder, isOpenAtFirst, current }: { place: Place; folder: Folder; isOpenAtFirst: boolean; current?: string }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className={ROW}>
        <Icon name="chevron" className={`size-3.5 text-quiet transition-transform ${isOpen ? 'rotate-90' : ''}`} />
        <span className="truncate font-medium">{folder.name}</span><span className="text-xs text-quiet tabular-nums">{folder.count}</span>
      </button>
      {isOpen && <div className="ml-3 border-l border-line pl-2"><TreeView place={place} folder={folder} isAllOpen={isOpenAtFirst ? true : undefined} current={current} /></div>}
    </li>
  );
}
