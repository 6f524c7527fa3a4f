/** Which columns the table shows. */
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { COLUMNS, DEFAULT_COLUMNS } from './columns.ts';
import { useColumns } from './keptColumns.ts';

export function ColumnsDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const shown = useColumns((state) => state.shown);
  const change = useColumns((state) => state.change);
  return (
    <Dialog
      title={runsTexts.columnsTitle}
      isOpen={isOpen}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => change({ shown: DEFAULT_COLUMNS })}>{runsTexts.columnsReset}</Button>
          <Button tone="primary" onClick={onClose}>
            {common.close}
          </Button>
        </>
      }
    >
      <div className="runs-columns">
        {COLUMNS.map(({ id }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={shown.includes(id)}
              onChange={({ target }) =>
                // In the order of the list, wherever a column was added.
                change({
                  shown: COLUMNS.map((column) => column.id).filter((other) =>
                    other === id ? target.checked : shown.includes(other),
                  ),
                })
              }
            />
            {runsTexts.columns[id]}
          </label>
        ))}
      </div>
    </Dialog>
  );
}
