/** Folders of images of one's own: a small one with a file that is none, an empty one, very many; a file in place of one. */
import { link, mkdir, writeFile } from 'node:fs/promises';
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

const CLASSES = 10;
const DISTINCT = 100;

/** Ten folders with so many files together, all links to a hundred small ones: images, or what only has their name. */
export async function makeMany(folder: string, count: number, kind: 'images' | 'texts'): Promise<void> {
  const originals = `${folder}-originals`;
  await mkdir(originals, { recursive: true });
  for (let i = 0; i < DISTINCT; i++) {
    const background = { r: 2 * i, g: 255 - 2 * i, b: 25 * (i % CLASSES) };
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background } }).png();
    await writeFile(join(originals, `${i}`), kind === 'texts' ? `no image ${i}` : await image.toBuffer());
  }
  for (let k = 0; k < CLASSES; k++) {
    const inside = join(folder, `class${k}`);
    await mkdir(inside, { recursive: true });
    for (let i = k; i < count; i += CLASSES)
      await link(join(originals, `${i % DISTINCT}`), join(inside, `${i}.png`));
  }
}
