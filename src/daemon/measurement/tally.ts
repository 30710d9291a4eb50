// Counts over the whole run, for the summary of the demo and for health: viewers, looks, time, rollups, posters.
import type { Rollup } from '../../audience/rollup.ts';
import type { AudienceEvent } from '../../audience/viewer.ts';
import type { Observation } from '../../observation/observation.ts';

export class Tally {
  viewers = 0;
  left = 0;
  looks = 0;
  zoomChecks = 0;
  rollupsStored = 0;
  personMs = 0;
  attentionMs = 0;
  /** Posters; `at` is Unix time. */
  staticExcluded: readonly Readonly<{ at: number; viewer: string }>[] = [];
  /** The newest events, oldest first. */
  latest: readonly AudienceEvent[] = [];

  frame({ looks, faces }: Observation): void {
    this.looks += looks.length;
    this.zoomChecks += faces.filter(({ zoom }) => zoom !== null).length;
  }

  events(events: readonly AudienceEvent[], wallAtZero: number): void {
    if (events.length === 0) return;
    this.latest = [...this.latest, ...events].slice(-LATEST_KEPT);
    for (const event of events) {
      if (event.kind === 'entered') this.viewers += 1;
      if (event.kind !== 'left') continue;
      this.left += 1;
      this.personMs += event.viewer.dwellMs;
      this.attentionMs += event.viewer.attentionMs;
      if (event.reason === 'static') {
        const excluded = { at: wallAtZero + event.at, viewer: event.viewer.id };
        this.staticExcluded = [...this.staticExcluded, excluded].slice(-EXCLUDED_KEPT);
      }
    }
  }

  rollups(written: readonly Rollup[]): void {
    this.rollupsStored += written.length;
  }
}

const LATEST_KEPT = 8;
const EXCLUDED_KEPT = 20;
