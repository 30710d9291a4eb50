// What the demo did, as `--json` prints it, and what it failed to show.
import type { TopicName } from '../contract/topics.ts';
import type { FrameCosts } from '../daemon/measurement/frame-costs.ts';

export type DemoSummary = Readonly<{
  source: string;
  stateFolder: string;
  session: string;
  runningMs: number;
  classifies: boolean;
  frames: number;
  framesPerSecond: number | null;
  viewers: number;
  looks: number;
  zoomChecks: number;
  personSeconds: number;
  attentionSeconds: number;
  rollupsStored: number;
  messagesReceived: number;
  /** By topic, without what all topics of the screen begin with. */
  messagesByTopic: Readonly<Record<string, number>>;
  /** Mean of each stage. */
  msPerFrame: FrameCosts;
  /** Proportional set size at the end; null for a process that could not be read. */
  memory: readonly Readonly<{ process: string; megabytes: number | null }>[];
}>;

const PROCESSES: readonly string[] = ['daemon', 'sensor', 'capture'];

/** Zoom checks and looks depend on who is there; the other stages happen for every frame or every commit. */
const STAGES_ALWAYS = ['capture', 'gate', 'detect', 'track', 'ipc', 'store', 'publish'] as const;

/** An alert is told only when something is wrong, and the rest only when somebody asks. */
const ALWAYS_TOLD: readonly TopicName[] = ['availability', 'info', 'now', 'trigger', 'viewer', 'rollup', 'health'];

/** What has to happen in a demo and did not, in words; empty when it showed everything. */
export function shortfalls(summary: DemoSummary): readonly string[] {
  const { msPerFrame, memory, messagesByTopic } = summary;
  const heard = Object.keys(messagesByTopic);
  const silent = ALWAYS_TOLD.filter((name) => !heard.some((topic) => topic === name || topic.startsWith(`${name}/`)));
  const stages = summary.looks > 0 ? ([...STAGES_ALWAYS, 'look'] as const) : STAGES_ALWAYS;
  const untimed = stages.filter((stage) => !(msPerFrame[stage] > 0));
  const measured = memory.filter(({ megabytes }) => megabytes !== null).map(({ process }) => process);
  const unmeasured = PROCESSES.filter((name) => !measured.includes(name));
  const expected: readonly (readonly [boolean, string])[] = [
    [summary.frames > 0, 'no frame was looked at'],
    [summary.viewers > 0, 'nobody was seen'],
    [summary.personSeconds > 0, 'no person-seconds were measured'],
    [summary.looks > 0 || !summary.classifies, 'no face was classified'],
    [summary.rollupsStored > 0, 'no rollup was stored'],
    [silent.length === 0, `no message reached the subscriber on ${silent.join(', ')}`],
    [untimed.length === 0, `no time was measured for ${untimed.join(', ')}`],
    [unmeasured.length === 0, `no memory was measured of ${unmeasured.join(', ')}`],
  ];
  return expected.filter(([happened]) => !happened).map(([, words]) => words);
}
