// What the player of the day and the daemon of the test tell the test that started them.

/** Times of the day, milliseconds. */
export type FromPlayer =
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'connected' }>
  /** The first observation of a minute was taken. */
  | Readonly<{ kind: 'minute'; at: number }>
  /** Observations from the first instant up to the second were lost with a daemon. */
  | Readonly<{ kind: 'outage'; from: number; to: number }>;
