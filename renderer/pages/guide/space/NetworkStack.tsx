/** The cells from the images to the classifier, stage by stage: higher boxes are larger feature maps. */
import type { CellPlan } from '../../../../core/searchSpace/topology.ts';
import { space } from '../../../texts/space.ts';

interface Stage {
  readonly channels: number;
  readonly size: number;
  readonly cells: readonly CellPlan[];
}

function stagesOf(cells: readonly CellPlan[]): readonly Stage[] {
  const stages: Stage[] = [];
  for (const cell of cells) {
    const last = stages.at(-1);
    if (last !== undefined && last.size === cell.outputSize && last.channels === cell.channels)
      stages[stages.length - 1] = { ...last, cells: [...last.cells, cell] };
    else stages.push({ channels: cell.channels, size: cell.outputSize, cells: [cell] });
  }
  return stages;
}

const HIGHEST = 46;
const LOWEST = 14;

export function NetworkStack({
  title,
  cells,
  classes,
  imageSize,
  imageChannels,
}: {
  readonly title: string;
  readonly cells: readonly CellPlan[];
  readonly classes: number;
  readonly imageSize: number;
  readonly imageChannels: number;
}) {
  const height = (size: number): number => Math.max(LOWEST, HIGHEST * Math.sqrt(size / imageSize));
  return (
    <ol className="stack-stages" aria-label={title}>
      <li className="stack-end">
        <span className="stack-boxes">{space.stem}</span>
        <span className="stack-about num">{space.stemAbout(imageSize, imageChannels)}</span>
      </li>
      {stagesOf(cells).map(({ channels, size, cells: inStage }) => (
        <li key={inStage[0].index}>
          <span className="stack-boxes" aria-hidden>
            {inStage.map(({ index, kind }) => (
              <span
                key={index}
                className={`stack-cell ${kind}`}
                style={{ height: height(size) }}
                title={space.cellAt(
                  index,
                  kind === 'normal' ? space.normal : space.reduction,
                  channels,
                  size,
                )}
              />
            ))}
          </span>
          <span className="stack-about num">
            <span>{space.stage(channels)}</span>
            <span>{space.stageSize(inStage.length, size)}</span>
          </span>
        </li>
      ))}
      <li className="stack-end">
        <span className="stack-boxes">{space.classifier}</span>
        <span className="stack-about num">{space.classifierAbout(classes)}</span>
      </li>
    </ol>
  );
}
