// The sentence that `systemctl status` shows.

export type StatusFacts = Readonly<{
  fps: number | null;
  present: number | null;
  broker: keyof typeof BROKER_WORDS;
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

const BROKER_WORDS = {
  connected: 'broker connected',
  listening: 'broker connected, listening whether another daemon has this screen',
  quiet: 'broker connected, silent because another daemon has this screen',
  connecting: 'broker away',
  refused: 'broker refuses us',
} as const;

export function statusSentence(facts: StatusFacts): string {
  return [
    ...cameraWords(facts),
    BROKER_WORDS[facts.broker],
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
