/** The document: head with the content policy, the headline, the sections in their order. */
import type { Report } from './collect.ts';
import type { Markup } from './markup.ts';
import { markup, trusted } from './markup.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from './script.ts';
import { alphaSection } from './sections/alphas.ts';
import { cellSection } from './sections/cells.ts';
import { conditionSection, configurationSection } from './sections/conditions.ts';
import { searchCurves, trainingCurves } from './sections/curves.ts';
import { headline, nameOf } from './sections/headline.ts';
import { exportSection, warningSection } from './sections/outcome.ts';
import { resultSection } from './sections/result.ts';
import { robustnessSection } from './sections/robustness.ts';
import { sectionMarkup } from './sections/section.ts';
import type { Section } from './sections/section.ts';
import { STYLES } from './styles.ts';

/** Nothing is fetched; only the page's own script runs. Inline styles are numbers of the report itself. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${PAGE_SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

export function page(report: Report): Markup {
  const sections: readonly Section[] = [
    resultSection(report),
    warningSection(report),
    robustnessSection(report),
    cellSection(report),
    searchCurves(report),
    alphaSection(report),
    trainingCurves(report),
    exportSection(report),
    conditionSection(report),
    configurationSection(report),
  ];
  return markup`${trusted('<!DOCTYPE html>')}
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${nameOf(report)}: report</title><style>${trusted(STYLES)}</style></head>
<body><a class="skip" href="#result">Skip to the result</a>
<header>${headline(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main>${sections.map(sectionMarkup)}</main>
<footer><p>Made from the journal of the run by ${report.manifest.app}. Format ${report.manifest.format}.</p></footer>
<script>${trusted(PAGE_SCRIPT)}</script></body></html>
`;
}
