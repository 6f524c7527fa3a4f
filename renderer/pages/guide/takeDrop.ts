/** Files and folders that were dropped: experiments are opened, data is looked at, the rest is refused in words. */
import { assertNever } from '../../../core/base/errors.ts';
import { pathOfFile } from '../../api/desktop.ts';
import { links } from '../../shell/links.ts';
import type { DroppedFile } from '../../shell/useDrops.ts';
import { openIfRun, openRun } from '../../shell/openRun.ts';
import { showFailure, useToasts } from '../../store/toasts.ts';
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
  const { file } = item;
  const words = guide.drop;
  switch (dropped.kind) {
    case 'experiment':
      return void openExperiment(file).then((taken) => taken && go(links.guide('review')));
    case 'run':
      return takeRunFile(file, go);
    case 'data':
      return void takeFolder(item, go, takesData).catch(showFailure);
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

/** A folder may hold a run; else it is data, where the page takes that. */
async function takeFolder(
  { file, isFolder }: DroppedFile,
  go: (to: string) => void,
  takesData: boolean,
): Promise<void> {
  const words = guide.drop;
  const path = pathOfFile(file);
  const page = isFolder && path !== undefined ? await openIfRun(path) : undefined;
  if (page !== undefined) return go(page);
  if (!takesData) return refuse(words.elsewhere(file.name), words.elsewhereHint);
  go(links.guide('data'));
  if (path === undefined) {
    chooseDataPath('');
    showField(['data', 'source']);
    return refuse(words.noPath(file.name), words.noPathHint);
  }
  const isItself = isFolder || /\.npz$/i.test(path);
  chooseDataPath(isItself ? path : folderOf(path));
}

/** A file of a run, dropped or chosen: the run is listed where it lies, and shown. */
export function takeRunFile(file: File, go: (to: string) => void): void {
  const path = pathOfFile(file);
  if (path === undefined) return refuse(guide.drop.noPath(file.name), guide.drop.noRunPathHint);
  openRun(path).then(go, showFailure);
}

function refuse(title: string, detail: string): void {
  useToasts.getState().show({ tone: 'bad', title, detail });
}
