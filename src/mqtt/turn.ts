// Decides whether a daemon may speak for its screen: one that hears another one speak for the same screen keeps quiet.

export type Turn = Readonly<{
  /** Monotonic instant from which it may speak, unless another one is heard before. */
  speakFrom: number;
  /** Session of the daemon that was heard. */
  rival: string | null;
}>;

/** A connection was opened at `at`; whoever has just spoken (`spokeAt`) keeps the turn, others listen first. */
export function takeTurn(at: number, spokeAt: number | null, listenMs: number): Turn {
  const isHolder = spokeAt !== null && at - spokeAt < listenMs;
  return { speakFrom: isHolder ? at : at + listenMs, rival: null };
}

/** Another session said at `at` what it sees on this screen, and is not yet our turn. */
export function yieldTurn(at: number, rival: string, listenMs: number): Turn {
  return { speakFrom: at + listenMs, rival };
}
