// The sentence that `systemctl status` shows.

export type StatusFacts = Readonly<{
  fps: number | null;
  present: number | null;
  broker: 'connected' | 'away';
  /** Rollups that wait for the broker. */
  queued: number | null;
  camera: Readonly<
    | { kind: 'starting' }
    /** `trouble`: what is wrong with the picture; null when nothing is. */
    | { kind: 'watching'; trouble: string | null }
    | { kind: 'away'; detail: string; retryMs: number }
    | { kind: 'resting'; detail: string }
  >;
}>;

export function statusSentence(facts: StatusFacts): string {
  return [
    ...cameraWords(facts),
    `broker ${facts.broker}`,
    facts.queued === null ? 'database unreachable' : `${facts.queued} queued`,
  ].join(', ');
}

function cameraWords({ camera, fps, present }: StatusFacts): readonly string[] {
  switch (camera.kind) {
    case 'starting':
      return ['starting'];
    case 'away':
      return [`camera away (${oneLine(camera.detail)})`, `reconnecting in ${Math.ceil(camera.retryMs / 1000)} s`];
    case 'resting':
      return [camera.detail];
    case 'watching':
      return [
        ...(camera.trouble === null ? [] : [camera.trouble]),
        ...(fps === null ? [] : [`${Math.round(fps)} fps`]),
        present === null ? 'presence unknown' : `${present} present`,
      ];
  }
}

/** A line break would begin another field of the message to systemd. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
