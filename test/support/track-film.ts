// Runs a film through the tracker as the sensor does: follow, then the zoom checks and looks it asked for, then learn.
import { type FollowOptions, type FollowState, follow, learn, startFollowing } from '../../src/audience/follow.ts';
import type { Face, Look, Observation } from '../../src/observation/observation.ts';
import { FOLLOW_OPTIONS } from './measure-audience.ts';
import { type DetectedFrame, observationAt } from './walk-past.ts';

export type Nets = Readonly<{
  options: FollowOptions;
  zoom: (at: number) => number;
  look: (at: number, widthPx: number) => Pick<Look, 'age' | 'gender'>;
}>;

const UNDECIDED: Nets = {
  options: FOLLOW_OPTIONS,
  zoom: () => 1,
  look: () => ({ age: null, gender: { female: 0.5, male: 0.5 } }),
};

export function trackFilm(frames: readonly DetectedFrame[], nets: Partial<Nets> = {}): readonly Observation[] {
  const { options, zoom, look } = { ...UNDECIDED, ...nets };
  let state: FollowState = startFollowing();
  return frames.map(({ at, detections }, seq) => {
    const followed = follow(state, detections, at, options);
    const faces = detections.map(
      (detection, index): Face => ({
        ...detection,
        zoom: followed.zoomAt.includes(index) ? zoom(at) : null,
        attending: true,
        changeRatio: 0.2,
        track: followed.tracks[index] ?? null,
      }),
    );
    const looks = followed.lookAt.map((face): Look => {
      const widthPx = detections[face]?.box.width ?? 0;
      return { seq, face, at, quality: 1, ...look(at, widthPx) };
    });
    state = learn(followed.state, faces, looks, at, options);
    return observationAt(at, { seq, faces, looks });
  });
}

export function tracksIn(observations: readonly Observation[]): readonly number[] {
  const tracks = observations.flatMap(({ faces }) => faces.flatMap(({ track }) => (track === null ? [] : [track])));
  return [...new Set(tracks)];
}
