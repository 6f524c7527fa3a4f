/** The time of day, handed in by the host. */

/** Wall clock, for stamps and ETA; never for anything that affects results. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
