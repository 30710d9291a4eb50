// Network cameras are known command lines, and no secret is in them.
import { expect, test } from 'vitest';
import { remoteFilmSource, streamInput, streamSource } from '../../src/capture/stream.ts';
import { OPTIONS } from './options.ts';

const FIT =
  "scale=w='min(640,trunc(480*dar/2+0.5)*2)':h='min(480,trunc(640/dar/2+0.5)*2)':out_range=tv,pad=640:480:-1:-1";
const QUIET = '-nostdin -hide_banner -loglevel error';
const I420 = '-f rawvideo -pix_fmt yuv420p pipe:1';
const SCRIPT =
  '-f concat -safe 0 -protocol_whitelist pipe,rtp,udp,tcp,tls,http,https,httpproxy,crypto,data -segment_time_metadata 1 -i pipe:3';
const CREDENTIALS = { username: 'admin', password: "it's 100% #1" };

test('an RTSP camera: the address is in a script that only ffmpeg reads', () => {
  const source = streamSource('rtsp://me:secret@192.0.2.7/live?key=1', { ...OPTIONS, fps: 12.5 });
  const select = "select='if(between(time(0)-ld(0),-0.16,-0.02),0,st(0,clip(ld(0),time(0)-0.04,time(0)+0.04)+0.08))'";
  expect([source.program, ...source.args].join(' ')).toBe(
    `ffmpeg ${QUIET} ${SCRIPT} -map 0:V:0 -vf ${select},${FIT},settb=AVTB,setpts=RTCTIME -fps_mode passthrough -enc_time_base 1:1000000 ${I420}`,
  );
  expect(source.secret).toBe(
    "ffconcat version 1.0\nfile 'rtsp://me:secret@192.0.2.7/live?key=1'\noption rtsp_transport tcp\noption timeout 8000000\n",
  );
  expect(source).toMatchObject({
    kind: 'stream',
    label: 'stream rtsp://192.0.2.7/live',
    env: {},
    device: null,
    periodMs: 80,
    clock: 'monotonic',
    live: true,
    healthRules: true,
    stopSignal: 'SIGINT',
    endsByItself: false,
  });
});

test('video over HTTP', () => {
  expect(streamInput('https://camera/live.ts', null).secret).toBe(
    "ffconcat version 1.0\nfile 'https://camera/live.ts'\noption rw_timeout 5000000\n",
  );
});

test('user and password that are given apart are put into the address, which may have its own', () => {
  const address = (input: string) => streamInput(input, CREDENTIALS).secret?.split('\n')[1];
  expect(address('rtsp://camera/live')).toBe("file 'rtsp://admin:it%27s%20100%25%20%231@camera/live'");
  expect(address('rtsp://camera')).toBe("file 'rtsp://admin:it%27s%20100%25%20%231@camera'");
  expect(address('http://camera/@home')).toBe("file 'http://admin:it%27s%20100%25%20%231@camera/@home'");
  expect(address('rtsp://me:secret@camera/live')).toBe("file 'rtsp://me:secret@camera/live'");
});

test('an address cannot become another line of the script, nor hide its secrets from us', () => {
  const source = streamSource("rtsp://me:it's@camera/x\nfile '/etc/passwd'", OPTIONS);
  expect(source.secret?.split('\n')[1]).toBe("file 'rtsp://me:it%27s@camera/x%0Afile%20%27/etc/passwd%27'");
  expect(source.label).toBe('stream rtsp://camera/x%0Afile%20%27/etc/passwd%27');
});

test('a playlist is played in its own time', () => {
  const paced = (address: string) => streamSource(address, OPTIONS).args.includes('-re');
  expect(['http://camera/live.m3u8', 'http://camera/LIVE.M3U8?key=1', 'http://camera/live.ts'].map(paced)).toEqual([
    true,
    true,
    false,
  ]);
});

test('a film at an address loses no frame and ends', () => {
  const source = remoteFilmSource('http://example.org/a.mp4', OPTIONS);
  expect(source.args.join(' ')).toBe(`${QUIET} ${SCRIPT} -map 0:V:0 -vf fps=10,${FIT} ${I420}`);
  expect(source).toMatchObject({ clock: 'media', live: false, healthRules: false, endsByItself: true });
});
