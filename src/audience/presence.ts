// Which stretches of time a track was present and attending: what is certain already, and what a gap still has to decide.

/** A stretch of the stream's clock, milliseconds, with what is credited for it. */
export type Segment = Readonly<{ from: number; to: number; attending: boolean }>;

export type Presence = Readonly<{
  /** Detected, or carried forward by the gate, in the newest frame. */
  seen: boolean;
  attending: boolean;
  seenAt: number;
  /** Certain stretches that have not been taken yet, in order. */
  certain: readonly Segment[];
  /** Stretches since the track was last seen: credited if it is seen again in time, else dropped. */
  gap: readonly Segment[];
}>;

const NOTHING: readonly Segment[] = [];

export function firstSeen(at: number, attending: boolean): Presence {
  return { seen: true, attending, seenAt: at, certain: NOTHING, gap: NOTHING };
}

/** Time has passed since the newest frame, as far as a frame can speak for it. */
export function pass(presence: Presence, from: number, to: number): Presence {
  if (to <= from) return presence;
  const { seen, attending, seenAt, certain, gap } = presence;
  const segment: Segment = { from, to, attending };
  return seen
    ? { seen, attending, seenAt, certain: append(certain, segment), gap }
    : { seen, attending, seenAt, certain, gap: append(gap, segment) };
}

/** What is certain has been credited. */
export function taken({ seen, attending, seenAt, gap }: Presence): Presence {
  return { seen, attending, seenAt, certain: NOTHING, gap };
}

/** Seen again: the gap, if any, was an omission of the detector; attention in it needs attention at both ends. */
export function seeAgain(presence: Presence, at: number, attending: boolean): Presence {
  const certain = presence.gap.reduce(
    (segments, gap) => append(segments, { ...gap, attending: gap.attending && attending }),
    presence.certain,
  );
  return { seen: true, attending, seenAt: at, certain, gap: NOTHING };
}

export function notSeen(presence: Presence): Presence {
  return presence.seen ? { ...presence, seen: false } : presence;
}

/** Drops what lies before an instant, because it can no longer be credited. */
export function forget(presence: Presence, before: number): Presence {
  if (presence.certain.every(({ from }) => from >= before)) return presence;
  const certain = presence.certain
    .filter(({ to }) => to > before)
    .map((segment) => ({ ...segment, from: Math.max(segment.from, before) }));
  return { ...presence, certain };
}

/** Joins what follows without a break, so that a track that is never confirmed does not gather a stretch per frame. */
function append(segments: readonly Segment[], next: Segment): readonly Segment[] {
  const last = segments.at(-1);
  if (last === undefined || last.to !== next.from || last.attending !== next.attending) return [...segments, next];
  return [...segments.slice(0, -1), { ...last, to: next.to }];
}
