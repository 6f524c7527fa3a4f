/** The page's own style: layout, text, tables; light and dark; for print. The drawings' style is in svg/svgStyles.ts. */
import { SVG_STYLES } from './svg/svgStyles.ts';

const PAGE_STYLES = `
:root {
  color-scheme: light dark;
  --bg: #f6f7f9; --card: #ffffff; --ink: #1a1e25; --soft: #55606f; --faint: #e3e7ed; --edge: #cdd4de; --trunk: #8a95a5;
  --accent: #0060a0; --accent-soft: #e3eef7; --good: #00664a; --bad: #a83a00; --shade: #f0f3f7;
  --c0: #0072b2; --c1: #c85400; --c2: #008562; --c3: #a8508c; --c4: #7a6200; --c5: #4a5462;
  --heat: #0a5c9e; --on-lo: #1a1e25; --on-mid: #1a1e25; --on-hi: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #12151a; --card: #1b2027; --ink: #e7ebf0; --soft: #a3aebc; --faint: #2a313b; --edge: #3c4653; --trunk: #6f7d8f;
    --accent: #74bdf0; --accent-soft: #1d3143; --good: #5ccfa7; --bad: #ff9d66; --shade: #222831;
    --c0: #56b4e9; --c1: #ff9148; --c2: #35cfa0; --c3: #e79cc9; --c4: #e6d64a; --c5: #b4becb;
    --heat: #6fbcf2; --on-lo: #e7ebf0; --on-mid: #0d1117; --on-hi: #0d1117;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 5; }
header, main, footer { max-width: 1720px; margin: 0 auto; padding: 0 32px; }
header { padding-top: 32px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 21px; line-height: 1.25; margin: 0 0 14px; }
h3 { font-size: 16px; margin: 24px 0 10px; }
p { margin: 0 0 12px; max-width: 82ch; }
.kind { color: var(--soft); margin: 0 0 4px; font-size: 14px; letter-spacing: .02em; }
.state { display: inline-block; border: 1px solid var(--edge); border-radius: 999px; padding: 3px 13px; font-size: 14px; margin: 4px 0 16px; background: var(--card); }
.state.failed { border-color: var(--bad); color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(225px, 1fr)); gap: 12px 28px; margin: 0 0 20px; }
.facts dt { color: var(--soft); font-size: 13px; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
nav { border-top: 1px solid var(--edge); border-bottom: 1px solid var(--edge); padding: 9px 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 0; padding: 0; font-size: 15px; }
a { color: var(--accent); }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
section { background: var(--card); border: 1px solid var(--faint); border-radius: 12px; padding: 24px 28px; margin: 20px 0; scroll-margin-top: 12px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 14px; margin: 0 0 12px; }
.tiles + .legend { margin-bottom: 24px; color: var(--soft); }
.tile { border: 1px solid var(--faint); border-radius: 10px; padding: 14px 18px 12px; background: var(--shade); }
.tile h3 { margin: 0; font-size: 14px; font-weight: 600; color: var(--soft); }
.tile .big { font-size: 32px; line-height: 1.3; font-weight: 650; margin: 0; font-variant-numeric: tabular-nums; }
.tile p { margin: 0; font-size: 14px; }
.tile .about { color: var(--soft); }
.tile .gauge { max-width: 300px; margin: 4px 0 6px; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
.scroll { overflow-x: auto; margin: 0 0 14px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 15px; }
caption { text-align: left; color: var(--soft); font-size: 14px; padding: 0 0 8px; }
th, td { text-align: left; vertical-align: top; padding: 8px 18px 8px 0; border-top: 1px solid var(--faint); }
thead th { border-top: 0; border-bottom: 1px solid var(--edge); font-size: 13px; color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; }
.results tbody th { width: 32%; }
td code { white-space: nowrap; }
.whole { white-space: nowrap; }
td .sub, th .sub { display: block; color: var(--soft); font-size: 13px; font-weight: 400; }
td b { font-weight: 650; }
code, pre { font-family: ui-monospace, 'SF Mono', Consolas, 'DejaVu Sans Mono', monospace; font-size: 13.5px; overflow-wrap: anywhere; }
pre { background: var(--shade); border: 1px solid var(--faint); border-radius: 8px; padding: 14px 16px; overflow: auto; max-height: 70vh; white-space: pre-wrap; margin: 10px 0; }
details { margin: 0 0 10px; }
summary { cursor: pointer; font-weight: 600; padding: 3px 0; }
.missing { color: var(--soft); border-left: 4px solid var(--edge); padding: 4px 0 4px 14px; margin: 0 0 12px; }
.note { color: var(--soft); font-size: 14px; }
.warnings { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; }
.warnings li { border-left: 4px solid var(--c1); padding: 2px 0 2px 14px; max-width: 90ch; }
.warnings .hint { display: block; color: var(--soft); }
.points { margin: 0; padding-left: 20px; max-width: 92ch; }
.points li { margin: 0 0 6px; }
footer { padding: 4px 32px 40px; color: var(--soft); font-size: 14px; }
@media (max-width: 700px) { header, main, footer { padding-left: 14px; padding-right: 14px; } section { padding: 18px 14px; } }
@media print {
  :root {
    color-scheme: light;
    --bg: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --faint: #dddddd; --edge: #aaaaaa; --trunk: #8a95a5;
    --accent: #003f6b; --accent-soft: #e3eef7; --good: #00553d; --bad: #8a2f00; --shade: #ffffff;
    --c0: #0072b2; --c1: #c85400; --c2: #008562; --c3: #a8508c; --c4: #7a6200; --c5: #4a5462;
    --heat: #0a5c9e; --on-lo: #000000; --on-mid: #000000; --on-hi: #ffffff;
  }
  body { font-size: 11pt; }
  nav, .skip, .control { display: none; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  section { border: 0; border-top: 1px solid var(--edge); border-radius: 0; padding: 12px 0; margin: 0; }
  figure, .tile, tr, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { max-height: none; }
  .charts { grid-template-columns: 1fr 1fr; gap: 0 20px; }
  .tiles { grid-template-columns: 1fr 1fr; }
  * { print-color-adjust: exact; }
}
`;

export const STYLES = PAGE_STYLES + SVG_STYLES;
