/** The rail at the left: pages, runs at work, colours. */
import { ChartScatter, CircleHelp, Cpu, FlaskConical, House, Rows3, Waypoints } from 'lucide-react';
import type { ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { usePreferences } from '../store/preferences.ts';
import { common } from '../texts/common.ts';
import { Select } from '../ui/controls.tsx';
import { links } from './links.ts';
import { RunsAtWork } from './RunsAtWork.tsx';

const { nav } = common;

const PAGES: readonly (readonly [to: string, label: string, Icon: ComponentType, isHere: RegExp])[] = [
  [links.home, nav.home, House, /^\/$/],
  [links.guide('data'), nav.create, FlaskConical, /^\/new/],
  [links.runs, nav.runs, Rows3, /^\/runs?(\/|$)/],
  [links.compare, nav.compare, ChartScatter, /^\/compare/],
  [links.studio, nav.studio, Waypoints, /^\/studio/],
  [links.machine, nav.machine, Cpu, /^\/machine/],
  [links.help, nav.help, CircleHelp, /^\/help/],
];

const THEMES = (['system', 'light', 'dark'] as const).map((value) => ({
  value,
  label: common.themes[value],
}));

export function Rail() {
  const [location] = useLocation();
  const theme = usePreferences((state) => state.theme);
  const change = usePreferences((state) => state.change);
  return (
    <header className="rail">
      <Link href={links.home} className="brand">
        <img src="./icon.svg" alt="" />
        {common.brand}
      </Link>
      <nav aria-label={common.pages}>
        <ul>
          {PAGES.map(([to, label, Icon, isHere]) => (
            <li key={to}>
              <Link href={to} className="rail-link" aria-current={isHere.test(location) ? 'page' : undefined}>
                <Icon />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="rail-foot">
        <RunsAtWork />
        <Select
          aria-label={common.theme}
          value={theme}
          options={THEMES}
          onChange={(next) => change({ theme: next })}
        />
      </div>
    </header>
  );
}
