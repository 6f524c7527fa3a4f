/** The file of a genotype, dropped anywhere in the studio. */
import type { DragEvent } from 'react';
import { useState } from 'react';
import { showFailure } from '../store/toasts.ts';
import type { Basis } from './model/kept.ts';
import { readGenotypeFile } from './readFile.ts';

export function useFileDrop(load: (basis: Basis) => void) {
  const [isOver, setOver] = useState(false);
  const holdsFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (event.currentTarget === event.target) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        readGenotypeFile(file).then(load, showFailure);
      },
    },
  };
}
