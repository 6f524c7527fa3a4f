/** Something held over the guide, and let go: files and folders are taken here, data among them. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { droppedOf, holdsFiles } from '../../shell/useDrops.ts';
import { takeDrop } from './takeDrop.ts';

/** @returns whether something is held over the window */
export function useGuideDrop(): boolean {
  const [isOver, setOver] = useState(false);
  const [, go] = useLocation();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (holdsFiles(event)) setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Left the window, not merely one element for another.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      // Before the window, which takes what no page has taken.
      event.preventDefault();
      setOver(false);
      takeDrop(droppedOf(event), go, true);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [go]);
  return isOver;
}
