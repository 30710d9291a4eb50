// Priorities of lines, as the journal reads them.
import { expect, test } from 'vitest';
import { isJournal, withPriority } from '../../src/systemd/journal.ts';

test('each line has its own, the empty ones after the last line break none', () => {
  expect(withPriority('it cannot be used:\n  mqtt.port: too small\n', 'error')).toBe(
    '<3>it cannot be used:\n<3>  mqtt.port: too small\n',
  );
});

test.each([undefined, '', '1:1', 'nonsense'])('an output is not the journal when JOURNAL_STREAM is %s', (stream) => {
  expect(isJournal(1, stream)).toBe(false);
});
