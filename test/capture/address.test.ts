// Credentials of addresses never reach a label or a log.
import { expect, test } from 'vitest';
import { fullAddress, isStreamAddress, withoutCredentials } from '../../src/capture/address.ts';

test.each([
  ['rtsp://192.0.2.7/live', true],
  ['RTSPS://camera/1', true],
  ['https://example.org/a.mp4', true],
  ['film.mp4', false],
  ['/films/http.mp4', false],
  ['ftp://example.org/a.mp4', false],
])('%s is a stream address: %s', (input, expected) => {
  expect(isStreamAddress(input)).toBe(expected);
});

test.each([
  ['rtsp://192.0.2.7:554/live', 'rtsp://192.0.2.7:554/live'],
  ['rtsp://admin:secret@192.0.2.7:554/live', 'rtsp://192.0.2.7:554/live'],
  ['rtsp://admin:p@ss@192.0.2.7/live', 'rtsp://192.0.2.7/live'],
  ['http://camera/video?user=admin&pwd=secret', 'http://camera/video'],
  ['http://camera/@home', 'http://camera/@home'],
  ['http://camera:80/@home', 'http://camera:80/@home'],
  ['http://[::1]:80/@home', 'http://[::1]:80/@home'],
  ['rtsp://admin:pa/ss@192.0.2.7/live', 'rtsp://192.0.2.7/live'],
  ['rtsp://admin:pa#ss?@192.0.2.7:554/live?x', 'rtsp://192.0.2.7:554/live'],
])('%s is shown as %s', (address, expected) => {
  expect(withoutCredentials(address)).toBe(expected);
});

test('what follows an address in a sentence stays, and its query goes', () => {
  expect(withoutCredentials('http://cam/video?token=hunter2: Connection refused')).toBe(
    'http://cam/video: Connection refused',
  );
  expect(withoutCredentials('cannot open https://cam:8443/x#secret.')).toBe('cannot open https://cam:8443/x.');
});

test('complaints of a program are cleaned in the middle, too', () => {
  const complaint = "[tcp @ 0x1] Failed: 'rtsp://a:b@host/x' and http://c:d@other: Connection refused";
  expect(withoutCredentials(complaint)).toBe(
    "[tcp @ 0x1] Failed: 'rtsp://host/x' and http://other: Connection refused",
  );
});

test('what a program is given it can be told without secrets again, whatever the password is', () => {
  const credentials = { username: "d'oor", password: `it's "50%" \\ of #1?/:@ß` };
  const address = fullAddress('rtsp://192.0.2.7/live', credentials);
  expect(address).not.toMatch(/['"\\\s]/);
  const { username, password } = new URL(address.replace('rtsp:', 'http:'));
  expect([username, password].map(decodeURIComponent)).toEqual([credentials.username, credentials.password]);
  expect(withoutCredentials(`Impossible to open '${address}'`)).toBe("Impossible to open 'rtsp://192.0.2.7/live'");
});

test('an address keeps what it holds itself', () => {
  const credentials = { username: 'other', password: 'other' };
  expect(fullAddress('rtsp://me:p@ss@camera/live', credentials)).toBe('rtsp://me:p@ss@camera/live');
  expect(fullAddress("rtsp://me:it's@camera/a b", null)).toBe('rtsp://me:it%27s@camera/a%20b');
});
