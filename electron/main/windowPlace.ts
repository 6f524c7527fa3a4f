/** Where the window was, so that it opens there again; on a screen that is there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const FORMAT = 1;
const Place = z.object({
  format: z.literal(FORMAT),
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  isMaximised: z.boolean(),
});
export type WindowPlace = z.infer<typeof Place>;

/** So much of it must be on a screen that it can be seen and moved. */
const VISIBLE = 100;

/** `undefined` where none was kept, or the screen is gone. */
export function readWindowPlace(file: string): WindowPlace | undefined {
  try {
    const place = Place.parse(JSON.parse(readFileSync(file, 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => isVisible(place.bounds, workArea))
      ? place
      : undefined;
  } catch {
    // Missing on the first start, damaged, or of another version: the window opens where the system puts it.
    return undefined;
  }
}

function isVisible(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const height = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
  // The title bar is at the top.
  return width >= VISIBLE && height >= VISIBLE && window.y >= area.y;
}

/** Keeps the place when the window closes. @param log told where it cannot be written */
export function keepWindowPlace(window: BrowserWindow, file: string, log: (line: string) => void): void {
  window.on('close', () => {
    const place: WindowPlace = {
      format: FORMAT,
      bounds: window.getNormalBounds(),
      isMaximised: window.isMaximized(),
    };
    try {
      writeFileSync(file, JSON.stringify(place));
    } catch (error) {
      log(`the window's place was not kept: ${String(error)}`);
    }
  });
}
