/** Files and folders dropped onto the guide: experiments are opened, data is looked at, the rest is refused in words. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { assertNever } from '../../../core/base/errors.ts';
import { pathOfFile } from '../../api/desktop.ts';
import { links } from '../../shell/links.ts';
import { useToasts } from '../../store/toasts.ts';
import { guide } from '../../texts/guide.ts';
import { chooseDataPath } from './data/dataPath.ts';
import { folderOf, judgeDrop } from './drops.ts';
import { showField } from './showField.ts';
import { openExperiment } from './openExperiment.ts';

/** @returns whether something is held over the window */
export function useGuideDrop(): boolean {
  const [isOver, setOver] = useState(false);
  const [, go] = useLocation();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Left the window, not merely one element for another.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take(event, go);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [go]);
  return isOver;
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

function take({ dataTransfer }: DragEvent, go: (to: string) => void): void {
  const files = [...(dataTransfer?.files ?? [])];
  const entries = [...(dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  const dropped = judgeDrop(
    files.map(({ name }, i) => ({ name, isFolder: entries.at(i)?.isDirectory ?? false })),
  );
  const file = files.at(0);
  if (dropped === undefined || file === undefined) return;
  const words = guide.drop;
  switch (dropped.kind) {
    case 'experiment':
      return void openExperiment(file).then((taken) => taken && go(links.guide('review')));
    case 'data': {
      const path = pathOfFile(file);
      go(links.guide('data'));
      if (path === undefined) {
        chooseDataPath('');
        showField(['data', 'source']);
        return refuse(words.noPath(file.name), words.noPathHint);
      }
      const isItself = (entries.at(0)?.isDirectory ?? false) || /\.npz$/i.test(path);
      return chooseDataPath(isItself ? path : folderOf(path));
    }
    case 'several':
      return refuse(words.severalFiles, words.severalFilesHint);
    case 'archive':
      return refuse(words.archive(dropped.name), words.archiveHint);
    case 'image':
      return refuse(words.image(dropped.name), words.imageHint);
    case 'wrong':
      return refuse(words.wrongKind(dropped.name), words.wrongKindHint);
    default:
      return assertNever(dropped);
  }
}

function refuse(title: string, detail: string): void {
  useToasts.getState().show({ tone: 'bad', title, detail });
}
