/** The variants that were kept by name. */
import { BookmarkPlus, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { compact, dateTime } from '../../core/report/format.ts';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../core/searchSpace/space.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useKeptStudio } from './keptStudio.ts';
import { countOf } from './model/counts.ts';
import { freeName } from './model/kept.ts';
import type { Variant } from './model/kept.ts';
import { copyGenotype, saveGenotype } from './share.ts';
import { addVariant, removeVariant, renameVariant, replaceVariant } from './variantActions.ts';
import type { NameQuestion } from './VariantDialog.tsx';
import { VariantDialog } from './VariantDialog.tsx';

const words = studioDialogs.variants;

export function VariantList({
  genotype,
  basis,
  skeleton,
  onOpen,
  onCompare,
}: {
  /** What is being edited, and what it began from. */
  readonly genotype: Genotype;
  readonly basis: string;
  readonly skeleton: Skeleton | undefined;
  readonly onOpen: (variant: Variant) => void;
  readonly onCompare: (variant: Variant) => void;
}) {
  const variants = useKeptStudio(({ kept }) => kept.variants);
  const [question, setQuestion] = useState<NameQuestion>();
  const newest = variants.toSorted((a, b) => b.createdAt - a.createdAt);
  const save = (): void =>
    setQuestion({
      title: words.save,
      name: freeName(`${basis} ${words.fallback}`.slice(0, 110), variants),
      answer: (name) => addVariant(name, genotype, basis),
    });
  return (
    <Card
      title={words.title}
      actions={
        <Button size="small" icon={<BookmarkPlus />} onClick={save}>
          {words.save}
        </Button>
      }
    >
      {newest.length === 0 ? (
        <p className="small soft">{words.none}</p>
      ) : (
        <ul className="variants">
          {newest.map((variant) => (
            <li key={variant.id}>
              <div className="variant-text">
                <div className="variant-name">{variant.name}</div>
                <div className="small soft" title={dateTime(variant.createdAt)}>
                  {words.of(variant.basis)}
                  {skeleton !== undefined && ` · ${sizeIn(skeleton, variant.genotype)}`}
                </div>
              </div>
              <Button size="small" onClick={() => onOpen(variant)}>
                {words.open}
              </Button>
              <Menu
                items={[
                  { label: words.compare, act: () => onCompare(variant) },
                  {
                    label: words.rename,
                    act: () =>
                      setQuestion({
                        title: words.renameTitle,
                        name: variant.name,
                        id: variant.id,
                        answer: (name) => renameVariant(variant, name),
                      }),
                  },
                  { label: words.update, act: () => replaceVariant(variant, genotype) },
                  { label: studioDialogs.copyText, act: () => void copyGenotype('text', variant.genotype) },
                  {
                    label: studioDialogs.saveJson,
                    act: () => saveGenotype('json', variant.name, variant.genotype),
                  },
                  { label: words.remove, act: () => removeVariant(variant) },
                ]}
              >
                <button
                  type="button"
                  className="button quiet small icon-only"
                  aria-label={words.more(variant.name)}
                >
                  <Ellipsis />
                </button>
              </Menu>
            </li>
          ))}
        </ul>
      )}
      <VariantDialog question={question} onClose={() => setQuestion(undefined)} />
    </Card>
  );
}

function sizeIn(skeleton: Skeleton, genotype: Genotype): string {
  return words.params(compact(countOf(genotype, skeleton).params));
}
