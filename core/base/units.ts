/** Names for plain numbers, so that signatures say what they count. */

/** A pixel value or perturbation radius in [0, 1]; k/255 in 8-bit terms. */
export type Pixel01 = number;
/** A count of trainable parameters (not millions). */
export type Params = number;
/** A count of multiply-accumulate operations per image. */
export type Macs = number;
/** Milliseconds. */
export type Ms = number;
