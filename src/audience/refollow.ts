// Follows a recorded observation again, so that a changed tracker can be tried on what was once seen.
import type { Face, Observation } from '../observation/observation.ts';
import { carry, type FollowOptions, type FollowState, follow, learn, startFollowing } from './follow.ts';

export type Refollowing = Readonly<{ state: FollowState; tracks: readonly (number | null)[]; looksMissing: number }>;

export type Refollowed = Readonly<{ state: Refollowing; observation: Observation }>;

export const NOTHING_REFOLLOWED: Refollowing = { state: startFollowing(), tracks: [], looksMissing: 0 };

/** The observation with the tracks that the tracker of today gives; looks that it asks for and the recording lacks are counted. */
export function refollow(before: Refollowing, observation: Observation, options: FollowOptions): Refollowed {
  const { at, faces, looks } = observation;
  if (!observation.detected) {
    const carried = withTracks(faces, before.tracks);
    return { state: { ...before, state: carry(before.state, at) }, observation: { ...observation, faces: carried } };
  }
  const followed = follow(before.state, faces, at, options);
  const now = withTracks(faces, followed.tracks);
  const missing = followed.lookAt.filter((index) => !looks.some((look) => look.face === index));
  return {
    state: {
      state: learn(followed.state, now, looks, at, options),
      tracks: followed.tracks,
      looksMissing: before.looksMissing + missing.length,
    },
    observation: { ...observation, faces: now },
  };
}

function withTracks(faces: readonly Face[], tracks: readonly (number | null)[]): readonly Face[] {
  return faces.map((face, index) => ({ ...face, track: tracks[index] ?? null }));
}
