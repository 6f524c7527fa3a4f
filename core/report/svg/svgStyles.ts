/** The style of the drawings: charts, heat maps, gauges, cells. Colours are the page's variables (styles.ts). */

/** Dashes by place, so that no line is told by its colour alone. */
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 2 1 2 1 2'];

const LINES = DASHES.map(
  (dashes, i) => `
.line.c${i} { stroke: var(--c${i}); stroke-dasharray: ${dashes}; }
.spread.c${i}, .dot.c${i} { fill: var(--c${i}); }`,
).join('');

export const SVG_STYLES = `
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; margin: 0 0 4px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--ink); font-size: 13px; }
svg .tick { fill: var(--soft); font-size: 12.5px; }
svg .axis-name { fill: var(--soft); font-size: 13px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(480px, 100%), 1fr)); gap: 0 36px; margin: 0 0 12px; }
.chart { display: grid; grid-row: span 4; grid-template-rows: subgrid; align-content: start; margin-bottom: 26px; }
.chart .note { margin: 4px 0 0; }
.chart .legend { align-content: start; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0 0 6px; padding: 0; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 7px; }
.legend .last { color: var(--soft); font-variant-numeric: tabular-nums; }
.sample { width: 34px; height: 12px; flex: none; }
.plot { position: relative; }
.readout { position: absolute; top: 6px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 7px 11px; font-size: 13px; pointer-events: none; box-shadow: 0 2px 10px #0003; font-variant-numeric: tabular-nums; }
.readout[hidden] { display: none; }
.readout > * { display: block; white-space: nowrap; }
.readout span { display: flex; gap: 6px; align-items: center; }
.grid { stroke: var(--faint); stroke-width: 1; }
.axis { stroke: var(--edge); stroke-width: 1; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.spread { opacity: .16; }
.cross { stroke: var(--soft); stroke-width: 1; }
.band { fill: var(--good); opacity: .13; }
.bound { stroke: var(--good); stroke-width: 1.5; stroke-dasharray: 5 4; }
${LINES}
.gauge .track { fill: var(--faint); }
.gauge .range { fill: var(--c0); opacity: .5; }
.gauge .value { fill: var(--c0); stroke: var(--card); stroke-width: 2; }
.gauge .other { fill: var(--c1); stroke: var(--card); stroke-width: 1; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(560px, 100%), 1fr)); gap: 24px 36px; }
.heat .field { fill: var(--heat); }
.heat text.lo { fill: var(--on-lo); } .heat text.mid { fill: var(--on-mid); } .heat text.hi { fill: var(--on-hi); }
.heat .cellfield text { font-size: 12px; font-variant-numeric: tabular-nums; }
.heat .rule { stroke: var(--edge); stroke-width: 1; }
.heat .kept { fill: none; stroke: var(--c1); stroke-width: 2.5; }
.scale { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--soft); margin: 4px 0 0; }
.scale .ramp { width: 130px; height: 10px; border-radius: 3px; border: 1px solid var(--faint); background: linear-gradient(to right, transparent, var(--heat)); }
.control { display: flex; align-items: center; gap: 12px; margin: 0 0 14px; }
.control[hidden] { display: none; }
.control input { width: min(420px, 50vw); accent-color: var(--accent); }
.cells { display: grid; gap: 26px; margin: 14px 0 18px; }
.cells svg { margin-top: 6px; }
.trunk { fill: none; stroke: var(--trunk); stroke-width: 2; }
.edge { fill: none; stroke-width: 2.4; }
.op { fill: var(--card); stroke-width: 2; }
.op-name { font-size: 13px; }
circle.state, rect.state { fill: var(--shade); stroke: var(--soft); stroke-width: 1.5; }
.state-name { font-weight: 600; }
.edge.f-separable, .op.f-separable { stroke: var(--c0); }
.edge.f-dilated, .op.f-dilated { stroke: var(--c2); stroke-dasharray: 9 3; }
.edge.f-convolution, .op.f-convolution { stroke: var(--c4); stroke-dasharray: 9 3 2 3; }
.edge.f-pooling, .op.f-pooling { stroke: var(--c1); stroke-dasharray: 5 3; }
.edge.f-skip, .op.f-skip { stroke: var(--c3); stroke-dasharray: 2 3; }
.edge.f-none, .op.f-none { stroke: var(--c5); stroke-dasharray: 1 4; }
`;
