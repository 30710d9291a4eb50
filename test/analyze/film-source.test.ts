// Frames of films keep their shape, with even sides.
import { expect, it } from 'vitest';
import { evenWithin } from '../../src/analyze/film-source.ts';

it('as large as the film, at most 1920 on the longer side', () => {
  expect(evenWithin({ width: 1280, height: 720 })).toEqual({ width: 1280, height: 720 });
  expect(evenWithin({ width: 3840, height: 2160 })).toEqual({ width: 1920, height: 1080 });
  expect(evenWithin({ width: 1080, height: 2400 })).toEqual({ width: 864, height: 1920 });
  expect(evenWithin({ width: 641, height: 1 })).toEqual({ width: 642, height: 2 });
});
