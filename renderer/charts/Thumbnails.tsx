/** Small images on canvases, every pixel a crisp square. */
import { useEffect, useRef } from 'react';
import type { Images } from '../../core/protocol/values.ts';
import './images.css';
import { rgbaOf } from './pixels.ts';

/** @param alt undefined where the images beside it are described together */
export function PixelImage({
  images,
  index,
  size,
  alt,
}: {
  readonly images: Images;
  readonly index: number;
  /** Side in CSS pixels. */
  readonly size: number;
  readonly alt: string | undefined;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { height, width } = images;
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (context === null || context === undefined || width === 0 || height === 0) return;
    context.putImageData(new ImageData(rgbaOf(images, index), width, height), 0, 0);
  }, [images, index, width, height]);
  return (
    <canvas
      ref={ref}
      className="pixel-image"
      width={width}
      height={height}
      style={{
        width: (size * width) / Math.max(width, height),
        height: (size * height) / Math.max(width, height),
      }}
      {...(alt === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
    />
  );
}

/** Some of the images in a row, described as one. */
export function Thumbnails({
  images,
  indices,
  size = 32,
  label,
}: {
  readonly images: Images;
  readonly indices: readonly number[];
  readonly size?: number;
  readonly label: string;
}) {
  return (
    <div className="thumbnails" role="img" aria-label={label}>
      {indices.map((index) => (
        <PixelImage key={index} images={images} index={index} size={size} alt={undefined} />
      ))}
    </div>
  );
}
