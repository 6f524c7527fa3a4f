/** Cost against work as an SVG: both axes as multiples of the base, both logarithmic, so that a straight line is a power. */

export interface Series {
  readonly name: string;
  readonly base: number;
  readonly baseMs: number;
  readonly points: readonly { readonly x: number; readonly ms: number }[];
}

const [WIDTH, HEIGHT, MARGIN] = [640, 420, 56];
const TICKS = [0.25, 0.5, 1, 2, 4, 8];
/** Told apart without colour, too. */
const STYLES = [
  { colour: '#0072b2', dash: '' },
  { colour: '#d55e00', dash: '8 4' },
  { colour: '#009e73', dash: '2 4' },
  { colour: '#cc79a7', dash: '10 4 2 4' },
];

const first = Math.log2(TICKS[0]);
const span = Math.log2(TICKS[TICKS.length - 1]) - first;
const xOf = (multiple: number): number =>
  MARGIN + ((Math.log2(multiple) - first) / span) * (WIDTH - 2 * MARGIN);
const yOf = (multiple: number): number =>
  HEIGHT - MARGIN - ((Math.log2(multiple) - first) / span) * (HEIGHT - 2 * MARGIN);
const fixed = (n: number): string => n.toFixed(1);

function line({ base, baseMs, points }: Series, style: (typeof STYLES)[number]): string {
  const path = points.map(({ x, ms }) => `${fixed(xOf(x / base))},${fixed(yOf(ms / baseMs))}`);
  const dash = style.dash === '' ? '' : ` stroke-dasharray="${style.dash}"`;
  return `<polyline fill="none" stroke="${style.colour}" stroke-width="2"${dash} points="${path.join(' ')}"/>`;
}

export function workPlot(series: readonly Series[]): string {
  const grid = TICKS.flatMap((tick) => [
    `<line x1="${fixed(xOf(tick))}" x2="${fixed(xOf(tick))}" y1="${MARGIN}" y2="${HEIGHT - MARGIN}" stroke="#ddd"/>`,
    `<line x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${fixed(yOf(tick))}" y2="${fixed(yOf(tick))}" stroke="#ddd"/>`,
    `<text x="${fixed(xOf(tick))}" y="${HEIGHT - MARGIN + 18}" text-anchor="middle">×${tick}</text>`,
    `<text x="${MARGIN - 8}" y="${fixed(yOf(tick) + 4)}" text-anchor="end">×${tick}</text>`,
  ]);
  const legend = series.map(({ name, base, baseMs }, i) => {
    const { colour } = STYLES[i % STYLES.length];
    const text = `${name} (×1 = ${base}, ${Math.round(baseMs)} ms)`;
    return `<text x="${MARGIN + 12}" y="${MARGIN + 18 + 18 * i}" fill="${colour}">${text}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...grid,
    ...series.map((one, i) => line(one, STYLES[i % STYLES.length])),
    ...legend,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle">work</text>`,
    `<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">time of a pass</text>`,
    '</svg>',
    '',
  ].join('\n');
}
