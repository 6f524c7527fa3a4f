/** Folders of images of one's own: two classes, one file that is none; an empty folder; a file in place of a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const IMAGES_OF_EACH = 12;

export async function makePets(home: string): Promise<void> {
  for (const name of ['cats', 'dogs']) {
    const folder = join(home, 'pets', name);
    await mkdir(folder, { recursive: true });
    for (let i = 0; i < IMAGES_OF_EACH; i++) {
      const background = { r: 20 * i, g: name === 'cats' ? 200 : 30, b: 60 };
      await sharp({ create: { width: 16, height: 16, channels: 3, background } })
        .png()
        .toFile(join(folder, `${i}.png`));
    }
  }
  await writeFile(join(home, 'pets', 'cats', 'broken.png'), 'this is no image');
  await mkdir(join(home, 'empty'));
  await writeFile(join(home, 'notes.txt'), 'not an image either');
  await mkdir(join(home, 'runs'), { recursive: true });
}
