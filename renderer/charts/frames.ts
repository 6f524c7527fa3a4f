/** One animation frame for all drawings; what does not fit into it waits for the next. */

/** So that input is answered and the next frame comes in time. */
const BUDGET_MS = 10;
/** After drawing what only grows, so many times as long is left to everything else. */
const CALM = 3;

const soon = new Set<() => void>();
const calm = new Set<() => void>();
let isAsked = false;
let calmUntil = 0;

/** Draws in the next frame; asked for twice, it is done once. */
export function drawSoon(draw: () => void): void {
  calm.delete(draw);
  soon.add(draw);
  ask();
}

/** Draws when there is time: for what grows by itself. */
export function drawCalmly(draw: () => void): void {
  if (soon.has(draw)) return;
  calm.add(draw);
  ask();
}

export function dropDrawing(draw: () => void): void {
  soon.delete(draw);
  calm.delete(draw);
}

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(run);
}

function run(): void {
  isAsked = false;
  const begin = performance.now();
  const end = begin + BUDGET_MS;
  drawUntil(end, soon);
  if (begin >= calmUntil) {
    const from = performance.now();
    drawUntil(end, calm);
    calmUntil = performance.now() + CALM * (performance.now() - from);
  }
  if (soon.size > 0 || calm.size > 0) ask();
}

/** One at least, so that all get their turn. */
function drawUntil(end: number, waiting: Set<() => void>): void {
  for (const draw of [...waiting]) {
    waiting.delete(draw);
    draw();
    if (performance.now() > end) return;
  }
}
