// The last words of a capture program become one word for the fault, one sentence and what helps.
import { expect, it } from 'vitest';
import { complaintIn } from '../../src/capture/complaint.ts';
import { SAID } from './complaints.ts';

it.each(SAID)('$by: $fault ($words)', ({ text, fault, words, remedy }) => {
  expect(complaintIn(text)).toEqual({ fault, words, remedy });
});

it('no words are a program that broke', () => {
  expect(complaintIn('')).toEqual({ fault: 'broken', words: null, remedy: null });
  expect(complaintIn(' \n')).toEqual({ fault: 'broken', words: null, remedy: null });
});

it('words that nobody knows are told as they are', () => {
  expect(complaintIn('one\ngst-launch: Aborted.\n')).toEqual({
    fault: 'broken',
    words: 'gst-launch: Aborted',
    remedy: null,
  });
});

it('what was said long before the end is no reason for it', () => {
  const later = Array.from({ length: 12 }, (_, line) => `[h264 @ 0x55] error while decoding MB ${line}\n`).join('');
  expect(complaintIn(`/dev/video0: Device or resource busy\n${later}`)).toMatchObject({
    fault: 'broken',
    words: 'error while decoding MB 11',
  });
});

it('the same fault has the same words each time, so that it is told once', () => {
  const said = (place: string, at: string) =>
    complaintIn(
      `[tcp @ 0x${place}] Connection to tcp://camera:554 failed: No route to host\n[${at}] [12]  INFO Camera x\n`,
    );
  expect(said('5561385bd880', '0:59:20.977024792')).toEqual(said('55d6983843c0', '1:00:01.000000001'));
});
