/**
 * A depthwise convolution as a matrix product. Along a row of an image the taps of a kernel form a band: the matrix that
 * takes a row of the input to a row of the output has one tap on each diagonal. Runtimes multiply matrices an order of
 * magnitude faster than they convolve channel by channel.
 */

/** Windows as PyTorch pads them: (k − 1)·d / 2 on all sides. */
export interface Window {
  /** B, the images. */
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** k, odd. */
  readonly kernel: number;
  readonly dilation: number;
  readonly stride: number;
}

/** What the window gives: ⌈H/s⌉. */
export function outputSize({ height, width, stride }: Pick<Window, 'height' | 'width' | 'stride'>): {
  height: number;
  width: number;
} {
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride) };
}

/** Whole images are multiplied up to this many pixels; above that rows, whose matrices stay small. */
const WHOLE_IMAGE = 64;

export function takesWholeImages({ height, width }: Pick<Window, 'height' | 'width'>): boolean {
  return height * width <= WHOLE_IMAGE;
}

/** What tap `tap` reads for the output at `out`, along one axis; may lie outside of the image. */
function readBy({ kernel, dilation, stride }: Window, out: number, tap: number): number {
  return out * stride + (tap - (kernel - 1) / 2) * dilation;
}

/**
 * 1 where tap k takes pixel p to pixel p', 0 elsewhere: [k², P·P'] row-major. A filter [k²] times this is the matrix
 * [P, P'] that convolves a whole image.
 */
export function imageBands(window: Window): Float32Array {
  const { kernel, height, width } = window;
  const out = outputSize(window);
  const [pixels, results] = [height * width, out.height * out.width];
  const bands = new Float32Array(kernel * kernel * pixels * results);
  for (let a = 0; a < kernel; a++)
    for (let b = 0; b < kernel; b++)
      for (let i = 0; i < out.height; i++)
        for (let j = 0; j < out.width; j++) {
          const [row, column] = [readBy(window, i, a), readBy(window, j, b)];
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          const tap = a * kernel + b;
          bands[(tap * pixels + row * width + column) * results + i * out.width + j] = 1;
        }
  return bands;
}

/**
 * The same for one row of the output, which k rows of the input reach: [k², k·W·W'] row-major.
 * @param back for the way back, transposed: one row of the input, which k rows of the output reach, [k², W·k·W']
 */
export function rowBands(window: Window, back = false): Float32Array {
  const { kernel, width } = window;
  const out = outputSize(window).width;
  const bands = new Float32Array(kernel * kernel * kernel * width * out);
  for (let a = 0; a < kernel; a++)
    for (let b = 0; b < kernel; b++)
      for (let j = 0; j < out; j++) {
        const column = readBy(window, j, b);
        if (column < 0 || column >= width) continue;
        const at = back ? (column * kernel + a) * out + j : (a * width + column) * out + j;
        bands[(a * kernel + b) * kernel * width * out + at] = 1;
      }
  return bands;
}

/**
 * Which row of the input tap a reads for row i of the output, [H'·k]; H, a row of zeros, where there is none.
 * @param back which row of the output tap a takes row i of the input to, [H·k]; H' where there is none
 */
export function rowsRead(window: Window, back = false): Int32Array {
  const { kernel, height } = window;
  const out = outputSize(window).height;
  const rows = new Int32Array((back ? height : out) * kernel).fill(back ? out : height);
  for (let i = 0; i < out; i++)
    for (let a = 0; a < kernel; a++) {
      const row = readBy(window, i, a);
      if (row < 0 || row >= height) continue;
      if (back) rows[row * kernel + a] = i;
      else rows[i * kernel + a] = row;
    }
  return rows;
}
