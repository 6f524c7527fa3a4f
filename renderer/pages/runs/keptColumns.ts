/** Which columns are shown and how rows are sorted; kept by the program. */
import { z } from 'zod';
import { create } from 'zustand';
import { library } from '../../api/services.ts';
import { atEachConnection } from '../../store/connection.ts';
import { keepByName } from '../../store/kept.ts';
import type { ColumnId, Sorting } from './columns.ts';
import { COLUMNS, DEFAULT_COLUMNS } from './columns.ts';

const isColumn = (id: string): id is ColumnId => COLUMNS.some((column) => column.id === id);

/** Columns of another version are left out. */
const Kept = z.object({
  version: z.literal(1),
  shown: z.array(z.string()),
  sorting: z.object({ column: z.string(), isDescending: z.boolean() }),
});

interface KeptColumns {
  readonly shown: readonly ColumnId[];
  readonly sorting: Sorting;
  change(part: Partial<Pick<KeptColumns, 'shown' | 'sorting'>>): void;
}

export const useColumns = create<KeptColumns>()((set) => ({
  shown: DEFAULT_COLUMNS,
  sorting: { column: 'created', isDescending: true },
  change(part) {
    set(part);
    kept.soon();
  },
}));

const kept = keepByName('columns', () => {
  const { shown, sorting } = useColumns.getState();
  return { version: 1, shown, sorting };
});

async function read(): Promise<void> {
  if (kept.isUnkept()) return kept.now();
  const { value } = await library.call('readKept', { name: 'columns' });
  const found = Kept.safeParse(value);
  // What was changed meanwhile counts more.
  if (!found.success || kept.isUnkept()) return;
  const { shown, sorting } = found.data;
  const column = isColumn(sorting.column) || sorting.column === 'name' ? sorting.column : 'created';
  useColumns.setState({
    shown: shown.filter(isColumn),
    sorting: { column, isDescending: sorting.isDescending },
  });
}

window.addEventListener('pagehide', kept.last);
atEachConnection(() => void read().catch(() => undefined));
