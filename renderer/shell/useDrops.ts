/** What is dropped onto the window where no page takes it: an experiment is opened, nothing ever leads the window away. */
import { useEffect } from 'react';
import { useLocation } from 'wouter';

export interface DroppedFile {
  readonly file: File;
  readonly isFolder: boolean;
}

/** To be asked while the event is on its way: afterwards it holds nothing. */
export function droppedOf({ dataTransfer }: DragEvent): readonly DroppedFile[] {
  const entries = [...(dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  return [...(dataTransfer?.files ?? [])].map((file, i) => ({
    file,
    isFolder: entries.at(i)?.isDirectory ?? false,
  }));
}

export function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/** A link, too, would be opened in the place of the window; a text field takes it as text. */
function leadsAway(event: DragEvent): boolean {
  if (holdsFiles(event)) return true;
  const isText = event.target instanceof HTMLElement && event.target.matches('input, textarea');
  return !isText && (event.dataTransfer?.types.includes('text/uri-list') ?? false);
}

export function useDrops(): void {
  const [, go] = useLocation();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (leadsAway(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented || !leadsAway(event)) return;
      event.preventDefault();
      const dropped = droppedOf(event);
      if (dropped.length > 0) void take(dropped, go);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [go]);
}

async function take(dropped: readonly DroppedFile[], go: (to: string) => void): Promise<void> {
  const { takeDrop } = await import('../pages/guide/takeDrop.ts');
  takeDrop(dropped, go, false);
}
