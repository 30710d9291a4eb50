// Turns rollups, viewer events and plays into CloudEvents; the id of a rollup is the same for the same screen, period and revision.
import type { PlayAudience } from '../audience/plays.ts';
import type { Cell, Rollup } from '../audience/rollup.ts';
import type { AudienceEvent } from '../audience/viewer.ts';
import type { RollupEvent, ViewerEvent } from './event-schemas.ts';
import { instantText } from './instant.ts';
import type { PayloadOf, Screen } from './topics.ts';

/** Describes one revision of one period; `historical` says that it is delivered long after its end. */
export function rollupEvent(rollup: Rollup, screen: Screen, historical: boolean): RollupEvent {
  const { audience } = rollup;
  const from = instantText(rollup.from, rollup.offsetMs);
  return {
    ...envelope(screen, rollup.to),
    id: `${screen.site}/${screen.screen}/${rollup.period}/${from}/${rollup.revision}`,
    type: 'onlooker.rollup.v1',
    data: {
      period: rollup.period,
      from,
      to: instantText(rollup.to),
      revision: rollup.revision,
      historical,
      partial: rollup.partial,
      uptimeSeconds: inSeconds(rollup.uptimeMs),
      personSeconds: audience && inSeconds(audience.personMs),
      attentionSeconds: audience && inSeconds(audience.attentionMs),
      entered: audience?.entered ?? null,
      watchers: audience?.watchers ?? null,
      present: audience?.present ?? null,
      splitByRestart: audience?.splitByRestart ?? null,
      cells: audience?.cells.map(cellPayload) ?? null,
    },
  };
}

/** Describes what happened to one viewer; `wallAtZero` maps the stream's clock to Unix time. */
export function viewerEvent(event: AudienceEvent, screen: Screen, session: string, wallAtZero: number): ViewerEvent {
  const { viewer } = event;
  const time = wallAtZero + event.at;
  return {
    ...envelope(screen, time),
    id: `${viewer.id}/${event.kind}/${Math.round(event.at)}`,
    type: `onlooker.viewer.${event.kind}.v1`,
    data: {
      session,
      viewer: viewer.id,
      enteredAt: instantText(wallAtZero + viewer.enteredAt),
      leftAt: viewer.leftAt === null ? null : instantText(wallAtZero + viewer.leftAt),
      dwellMs: Math.round(viewer.dwellMs),
      attentionMs: Math.round(viewer.attentionMs),
      glances: viewer.glances,
      ageGroup: viewer.age?.group ?? null,
      ageGroupProbability: viewer.age && rounded(viewer.age.probability),
      gender: viewer.gender?.gender ?? null,
      genderProbability: viewer.gender && rounded(viewer.gender.probability),
      reason: event.kind === 'left' ? event.reason : null,
    },
  };
}

/** Describes the audience of one play, which is told once: a second one with its id is a copy. */
export function playEvent(play: PlayAudience, screen: Screen, session: string): PayloadOf<'play-audience'> {
  const { playId, content, startedAt, lengthMs, uptimeMs, audience } = play;
  const endedAt = startedAt + lengthMs;
  return {
    ...envelope(screen, endedAt),
    id: `${screen.site}/${screen.screen}/play/${session}/${playId}`,
    type: 'onlooker.play.v1',
    data: {
      session,
      playId,
      content,
      startedAt: instantText(startedAt),
      endedAt: instantText(endedAt),
      uptimeSeconds: inSeconds(uptimeMs),
      personSeconds: audience && inSeconds(audience.personMs),
      attentionSeconds: audience && inSeconds(audience.attentionMs),
      present: audience?.present ?? null,
      watchers: audience?.watchers ?? null,
    },
  };
}

function envelope(screen: Screen, time: number) {
  return {
    specversion: '1.0' as const,
    // A reference by RFC 3986 knows ASCII only; names of sites know every letter.
    source: encodeURI(`/onlooker/${screen.site}/${screen.screen}`),
    time: instantText(time),
    datacontenttype: 'application/json' as const,
  };
}

function cellPayload(cell: Cell) {
  const { ageGroup, gender, entered, watchers } = cell;
  return {
    ageGroup,
    gender,
    personSeconds: inSeconds(cell.personMs),
    attentionSeconds: inSeconds(cell.attentionMs),
    entered,
    watchers,
  };
}

/** To the millisecond, as fine as instants are. */
function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}

/** Four decimals are more than the nets are good for, and keep payloads short. */
function rounded(probability: number): number {
  return Math.round(probability * 1e4) / 1e4;
}
