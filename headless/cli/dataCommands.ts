/** What the `data` commands do. */
import type { DataReport } from '../../core/datasets/dataReport.ts';
import { dataReport } from '../../core/datasets/dataReport.ts';
import { datasetSources, openDataset } from '../../core/datasets/index.ts';
import { makeSplits } from '../../core/datasets/splits.ts';
import type { DataConfig } from '../../core/runs/runConfig.ts';
import { systemClock } from '../host/clock.ts';
import { createDatasetHost } from '../host/engineHost.ts';
import { fetchDataset, publishedSet } from '../host/fetchDataset.ts';
import { PUBLISHED_SETS } from '../host/publishedSets.ts';
import { printResult } from './output.ts';
import { createProgressPrinter } from './progressPrinter.ts';

export function listData(json: boolean): void {
  const rows = datasetSources.all.map(({ id, title, path }) => {
    const published = PUBLISHED_SETS.find((set) => set.id === id);
    return {
      id,
      title,
      path,
      ...(published === undefined
        ? {}
        : { download: published.files.reduce((sum, { bytes }) => sum + bytes, 0) }),
    };
  });
  if (json) return printResult(JSON.stringify({ datasets: rows }));
  for (const { id, title, path, download } of rows) {
    printResult(`${id.padEnd(14)} ${title}`);
    if (path.description !== '')
      printResult(`${' '.repeat(15)}${path.needed ? `${id}:PATH, ` : ''}${path.description}`);
    if (download !== undefined)
      printResult(`${' '.repeat(15)}cellsmith data fetch ${id} --to DIR (${megabytes(download)})`);
  }
}

/** @throws CellsmithError for everything that can be wrong with the data */
export async function reportData(config: DataConfig, seed: number, json: boolean): Promise<void> {
  const printer = createProgressPrinter(process.stderr, systemClock);
  let report: DataReport;
  try {
    const dataset = await openDataset(config, seed, createDatasetHost(printer.working));
    report = dataReport(dataset, await makeSplits(dataset, config, seed));
  } finally {
    printer.close();
  }
  printResult(json ? JSON.stringify(report) : reportText(report));
}

export function reportText({
  title,
  classes,
  shape,
  parts,
  imbalance,
  range,
  unreadable,
  duplicates,
  warnings,
}: DataReport): string {
  const width = Math.max(...classes.map((name) => name.length), 8);
  const table = classes.map(
    (name, k) =>
      `  ${name.padEnd(width)} ${parts.map(({ perClass }) => String(perClass[k]).padStart(10)).join(' ')}`,
  );
  const { withinTrain, withinTest, testInTrain, acrossSplits, conflicting } = duplicates;
  return [
    `${title}: ${classes.length} classes, images of ${shape.join('×')}, pixels ${range[0]} … ${range[1]}`,
    '',
    `  ${''.padEnd(width)} ${parts.map(({ part }) => part.padStart(10)).join(' ')}`,
    `  ${'all'.padEnd(width)} ${parts.map(({ count }) => String(count).padStart(10)).join(' ')}`,
    ...table,
    '',
    `imbalance    ${imbalance.toFixed(2)} (largest class over smallest)`,
    `duplicates   ${withinTrain} in train, ${withinTest} in test, ${testInTrain} of test in train, ${acrossSplits} across splits, ${conflicting} with two labels`,
    `unreadable   ${unreadable.length === 0 ? 'none' : unreadable.join(', ')}`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
}

/** @throws CellsmithError of the download */
export async function fetchData(id: string, to: string, json: boolean): Promise<void> {
  const set = publishedSet(id);
  const printer = createProgressPrinter(process.stderr, systemClock);
  const MIB = 2 ** 20;
  try {
    const source = await fetchDataset(set, to, {
      onProgress: (done, total) =>
        printer.working(`${set.title}, MiB`, Math.round(done / MIB), Math.round((total ?? done) / MIB)),
    });
    printer.close();
    printResult(json ? JSON.stringify({ source }) : `${source}\nUse it with --data ${source}`);
  } finally {
    printer.close();
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
