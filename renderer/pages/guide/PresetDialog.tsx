/** Ready-made experiments to start over from. */
import { useLocation } from 'wouter';
import { links } from '../../shell/links.ts';
import { useCatalog } from '../../store/catalog.ts';
import { guide } from '../../texts/guide.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { startFromPreset } from './openExperiment.ts';

export function PresetDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const presets = useCatalog((state) => state.catalog?.presets) ?? [];
  const [, go] = useLocation();
  return (
    <Dialog title={guide.startOverTitle} isOpen={isOpen} onClose={onClose}>
      <p className="soft">{guide.startOverAbout}</p>
      <ul className="preset-list">
        {presets.map((preset) => (
          <li key={preset.id}>
            <div>
              <h3>{preset.title}</h3>
              <p className="soft">{preset.description}</p>
            </div>
            <Button
              aria-label={guide.startFrom(preset.title)}
              onClick={() => {
                startFromPreset(preset);
                onClose();
                go(links.guide('data'));
              }}
            >
              {guide.choose}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
