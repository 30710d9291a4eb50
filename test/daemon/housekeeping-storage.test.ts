// A database that cannot be reached stops nothing else, and a bug is not taken for one.
import { expect, it } from 'vitest';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { housekeepingRig } from './housekeeping-rig.ts';

it('health goes on without the depth of an outbox that cannot be read', () => {
  const rig = housekeepingRig();
  rig.outbox.failure = new StorageError('locked');
  rig.clock.advance(10_000);
  expect(rig.publisher.messages.health.at(-1)).toMatchObject({ outboxDepth: null });
  expect(rig.log.lines().map(({ message }) => message)).toContain('cannot reach the database');
});

it('a database that cannot be reached for hours is told once an hour', () => {
  const rig = housekeepingRig();
  rig.outbox.failure = new StorageError('locked');
  rig.clock.advance(3 * 3_600_000);
  const told = rig.log.lines().filter(({ message }) => message === 'cannot reach the database');
  expect(told).toHaveLength(3);
});

it('a bug in the database code is fatal', () => {
  const rig = housekeepingRig();
  rig.outbox.failure = new TypeError('depth is undefined');
  expect(() => rig.clock.advance(10_000)).toThrow(TypeError);
});
