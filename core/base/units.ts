/** Names for plain numbers, so that signatures say what they count. */

/** Milliseconds. */
export type Ms = number;
