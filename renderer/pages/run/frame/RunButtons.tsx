/** Pause, resume and stop, by button and by key; what was asked is said at once. */
import { CircleStop, FastForward, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { RunWish } from '../../../../core/protocol/hostApi.ts';
import type { RunId } from '../../../../core/protocol/values.ts';
import { host } from '../../../api/services.ts';
import type { RunCourse } from '../../../store/runCourse.ts';
import { aboutRun, resumeRun } from '../../../store/runs.ts';
import { showFailure } from '../../../store/toasts.ts';
import { run as texts } from '../../../texts/run.ts';
import { Button } from '../../../ui/Button.tsx';
import { Tip } from '../../../ui/Tip.tsx';
import type { Obstacle, RunStatus } from './runStatus.ts';
import { controlsOf } from './runStatus.ts';

type Wanted = RunWish | 'resume';

const ICONS = { pause: <Pause />, resume: <Play />, goOn: <Play /> } as const;

export function RunButtons({
  runId,
  status,
  course,
  isLost,
}: {
  readonly runId: RunId;
  readonly status: RunStatus;
  readonly course: RunCourse;
  readonly isLost: boolean;
}) {
  const [asked, setAsked] = useState<Wanted>();
  // The answer is the status itself.
  const told = JSON.stringify(status);
  useEffect(() => setAsked(undefined), [told]);

  const controls = controlsOf(status, course, isLost);
  const ask = (wanted: Wanted): void => {
    setAsked(wanted);
    const call =
      wanted === 'resume'
        ? resumeRun(runId, true)
        : host
            .call('wish', { runId, wish: wanted })
            .catch((error: unknown) => showFailure(error, { about: aboutRun(runId) }));
    void call.finally(() => setAsked(undefined));
  };

  const latest = useRef({ controls, ask });
  latest.current = { controls, ask };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      const { controls: now, ask: askNow } = latest.current;
      // By place: with Alt, some keyboards write another letter.
      if (event.code === 'KeyP' && now.firstObstacle === undefined) askNow(now.first);
      else if (event.code === 'KeyS' && now.stopObstacle === undefined) askNow('stop');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  const { first, afterEpoch } = controls;
  const isPrimary = first === 'resume' && controls.firstObstacle === undefined;
  return (
    <>
      <span className="run-asked small soft" role="status">
        {asked === undefined ? '' : texts.statusAbout.asked}
      </span>
      <Control
        label={texts[first]}
        tip={texts.tips[first]}
        icon={ICONS[first]}
        keys="Alt+P"
        isPrimary={isPrimary}
        obstacle={controls.firstObstacle}
        onClick={() => ask(first)}
      />
      <Control
        label={afterEpoch === 'goOn' ? texts.doNotStop : texts.stopAfterEpoch}
        tip={afterEpoch === 'goOn' ? texts.tips.doNotStop : texts.tips.stopAfterEpoch}
        icon={<FastForward />}
        obstacle={controls.afterEpochObstacle}
        onClick={() => ask(afterEpoch)}
      />
      <Control
        label={texts.stop}
        tip={texts.tips.stop}
        icon={<CircleStop />}
        keys="Alt+S"
        obstacle={controls.stopObstacle}
        onClick={() => ask('stop')}
      />
    </>
  );
}

function Control({
  label,
  tip,
  icon,
  keys,
  isPrimary = false,
  obstacle,
  onClick,
}: {
  readonly label: string;
  readonly tip: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  readonly isPrimary?: boolean;
  readonly obstacle: Obstacle | undefined;
  readonly onClick: () => void;
}) {
  if (obstacle !== undefined) {
    return (
      <Button icon={icon} unavailable={texts.obstacles[obstacle]}>
        {label}
      </Button>
    );
  }
  return (
    <Tip text={tip}>
      <Button icon={icon} tone={isPrimary ? 'primary' : 'plain'} aria-keyshortcuts={keys} onClick={onClick}>
        {label}
      </Button>
    </Tip>
  );
}
