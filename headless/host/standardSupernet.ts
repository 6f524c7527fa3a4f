/** The small supernet by which executors are timed: all eight candidates of DARTS. */
export const STANDARD = { nodes: 2, cells: 3, channels: 4, imageSize: 16, batchSize: 16 } as const;
