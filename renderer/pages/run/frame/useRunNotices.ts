/** Tells what happens meanwhile: ends of phases, crashes, warnings, now and then the progress. */
import { useEffect, useRef, useState } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunEvent } from '../../../../core/runs/events.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { planProgress } from '../../../store/runCourse.ts';
import { failureKey } from '../../../store/runs.ts';
import type { News } from '../../../store/toasts.ts';
import { useToasts } from '../../../store/toasts.ts';
import { run as texts } from '../../../texts/run.ts';
import { announce } from '../../../ui/Announcer.tsx';
import type { RunStatus } from './runStatus.ts';
import { timeWords } from './statusWords.ts';

/** Progress is said no more often. */
const SAY_MS = 15_000;

export function useRunNotices(runId: RunId, run: LiveRun, status: RunStatus): void {
  const [openedAt] = useState(Date.now);
  const seen = useRef(0);
  const { events, manifest } = run;
  const { name } = manifest.config;

  useEffect(() => {
    // A journal that was begun anew is shorter.
    if (seen.current > events.length) seen.current = 0;
    for (const event of events.slice(seen.current)) {
      // What stood in the journal when the page was opened is no news.
      const toast = event.kind === 'step' || event.at < openedAt ? undefined : toastOf(event);
      if (toast !== undefined) tell({ ...toast, about: { runId, name } });
    }
    seen.current = events.length;
  }, [events, events.length, openedAt, runId, name]);

  const before = useRef(status);
  useEffect(() => {
    const was = before.current;
    before.current = status;
    const { withdraw } = useToasts.getState();
    // Failed, the page says so itself; at work again, whoever had it go on, why it failed before is in the log.
    if (status.kind === 'working' || status.kind === 'failed') withdraw(failureKey(runId));
    if (was.kind === status.kind) return;
    const toast = toastOfStatus(status, was);
    if (toast !== undefined) tell({ ...toast, about: { runId, name } });
  }, [runId, name, status]);

  useProgressSaid(run, status.kind === 'working' || status.kind === 'elsewhere');
}

function useProgressSaid(run: LiveRun, isAtWork: boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!isAtWork) return undefined;
    const timer = setInterval(() => {
      const { course, view } = latest.current;
      const now = planProgress(course, view).find(({ state }) => state === 'current');
      if (now === undefined) return;
      const left = now.left.kind === 'about' ? timeWords(now.left) : undefined;
      announce(texts.said(now.phase, now.share, left));
    }, SAY_MS);
    return () => clearInterval(timer);
  }, [isAtWork]);
}

function tell(news: News): void {
  useToasts.getState().show(news);
}

function toastOf(event: RunEvent): News | undefined {
  switch (event.kind) {
    case 'finished':
      return { tone: 'good', title: texts.phaseFinished(event.phase, event.seconds) };
    case 'warning':
      return { tone: 'warn', title: event.message, detail: event.hint };
    default:
      return undefined;
  }
}

/** That a process ended or the run failed, the page says itself. */
function toastOfStatus(status: RunStatus, was: RunStatus): News | undefined {
  // While a journal is being read, a run goes through all the states that it ever had.
  const wasAtWork = ['starting', 'working', 'restarting'].includes(was.kind);
  switch (status.kind) {
    case 'paused':
    case 'stopped':
      return wasAtWork ? { tone: 'info', title: texts[status.kind] } : undefined;
    case 'finished':
      return wasAtWork ? { tone: 'good', title: texts.runFinished } : undefined;
    default:
      return undefined;
  }
}
