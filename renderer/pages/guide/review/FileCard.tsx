/** The experiment file: everything that was chosen, to copy or save. */
import { ClipboardCopy, Download } from 'lucide-react';
import { useDraft } from '../../../store/draft.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { experimentText } from '../experimentFile.ts';
import { copyExperiment, saveExperiment } from '../saveExperiment.ts';

export function FileCard() {
  const config = useDraft((state) => state.config);
  return (
    <Card
      title={words.file}
      about={words.fileAbout}
      actions={
        <>
          <Button size="small" icon={<ClipboardCopy />} onClick={() => void copyExperiment(config)}>
            {words.copy}
          </Button>
          <Button size="small" icon={<Download />} onClick={() => saveExperiment(config)}>
            {words.save}
          </Button>
        </>
      }
    >
      <details>
        <summary>{words.showFile}</summary>
        <pre className="experiment-file" tabIndex={0}>
          {experimentText(config)}
        </pre>
      </details>
    </Card>
  );
}
