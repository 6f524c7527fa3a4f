/** Files and folders that were dropped: experiments are opened, data is looked at, the rest is refused in words. */
import { assertNever } from '../../../core/base/errors.ts';
import { pathOfFile } from '../../api/desktop.ts';
import { links } from '../../shell/links.ts';
import type { DroppedFile } from '../../shell/useDrops.ts';
import { useToasts } from '../../store/toasts.ts';
import { guide } from '../../texts/guide.ts';
import { chooseDataPath } from './data/dataPath.ts';
import { folderOf, judgeDrop } from './drops.ts';
import { openExperiment } from './openExperiment.ts';
import { showField } from './showField.ts';

/** @param takesData whether the page is one that data is dropped onto */
export function takeDrop(items: readonly DroppedFile[], go: (to: string) => void, takesData: boolean): void {
  const dropped = judgeDrop(items.map(({ file: { name }, isFolder }) => ({ name, isFolder })));
  const item = items.at(0);
  if (dropped === undefined || item === undefined) return;
  const { file, isFolder } = item;
  const words = guide.drop;
  switch (dropped.kind) {
    case 'experiment':
      return void openExperiment(file).then((taken) => taken && go(links.guide('review')));
    case 'data': {
      if (!takesData) return refuse(words.elsewhere(file.name), words.elsewhereHint);
      const path = pathOfFile(file);
      go(links.guide('data'));
      if (path === undefined) {
        chooseDataPath('');
        showField(['data', 'source']);
        return refuse(words.noPath(file.name), words.noPathHint);
      }
      const isItself = isFolder || /\.npz$/i.test(path);
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
