/** One animation frame for all drawings; what does not fit into it waits for the next. */

/** So that input is answered and the next frame comes in time. */
const BUDGET_MS = 10;

const waiting = new Set<() => void>();
let isAsked = false;

/** Draws in the next frame; asked for twice, it is done once. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(run);
}

export function dropDrawing(draw: () => void): void {
  waiting.delete(draw);
}

function run(): void {
  isAsked = false;
  const end = performance.now() + BUDGET_MS;
  for (const draw of [...waiting]) {
    waiting.delete(draw);
    draw();
    if (performance.now() > end) break;
  }
  if (waiting.size === 0) return;
  isAsked = true;
  requestAnimationFrame(run);
}
