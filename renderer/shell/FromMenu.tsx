/** What is chosen in the menu of the desktop program, on whatever page. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { host } from '../api/services.ts';
import { AddRunDialog } from './AddRunDialog.tsx';
import { links } from './links.ts';

export function FromMenu() {
  const [isAddingRun, setAddingRun] = useState(false);
  const [, go] = useLocation();
  useEffect(
    () =>
      host.on('menu', ({ item }) => {
        setAddingRun(item === 'openRun');
        if (item === 'newExperiment') go(links.guide('data'));
      }),
    [go],
  );
  return <AddRunDialog isOpen={isAddingRun} onClose={() => setAddingRun(false)} />;
}
