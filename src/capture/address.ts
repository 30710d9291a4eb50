// Addresses of network cameras, and how to speak of them without giving their secrets away.
import type { CaptureOptions } from './source.ts';

const STREAM_ADDRESS = /^(rtsps?|https?):\/\//i;

export function isStreamAddress(input: string): boolean {
  return STREAM_ADDRESS.test(input);
}

export function isRtspAddress(input: string): boolean {
  return /^rtsps?:/i.test(input);
}

/** A list of pieces of a film (HTTP Live Streaming, RFC 8216), which come one whole piece at a time. */
export function isPlaylistAddress(input: string): boolean {
  return /\.m3u8($|[?#])/i.test(input);
}

/**
 * The address with user and password in it, its own before the given ones. Quotes and white space are written as in an address,
 * so that a program which complains about it repeats it in one piece, from which the secrets can be taken out again.
 */
export function fullAddress(input: string, credentials: CaptureOptions['credentials']): string {
  const address = input.replace(/['"\\\s]/g, escaped);
  if (credentials === null || /^[a-z]+:\/\/[^/?#]*@/i.test(address)) return address;
  const user = [credentials.username, credentials.password].map(escapedAll).join(':');
  return address.replace('://', () => `://${user}@`);
}

/**
 * Any text, such as an address or a complaint of ffmpeg, with user, password, query and fragment of every address in it removed:
 * network cameras take passwords and tokens in all of them.
 */
export function withoutCredentials(text: string): string {
  return text.replace(
    /([a-z][a-z0-9+.-]*:\/\/)([^\s'"]*)/gi,
    (_, scheme: string, rest: string) => scheme + publicPart(rest),
  );
}

function publicPart(rest: string): string {
  // What follows the address in a sentence (": Connection refused") is not part of its query.
  const end = rest.match(/[:,.;]+$/)?.[0] ?? '';
  const whole = rest.slice(0, rest.length - end.length);
  // A / ? or # in a password that is not escaped ends the address of the host too early: what stands for its port is no number.
  const broken = /^[^/?#@[]*:(?!\d*([/?#]|$))[^@]*@/.test(whole);
  const [address = ''] = (broken ? whole.slice(whole.lastIndexOf('@') + 1) : whole).split(/[?#]/);
  const slash = address.indexOf('/');
  const authority = slash === -1 ? address : address.slice(0, slash);
  // Up to the last @ before the path, since a password may hold an @ of its own.
  return authority.slice(authority.lastIndexOf('@') + 1) + (slash === -1 ? '' : plainPath(address.slice(slash))) + end;
}

/** Cameras take parameters, the password among them, in the path as well: /user=admin&password=… */
function plainPath(path: string): string {
  const parameter = path.search(/[^/]*[=&;]/);
  return parameter === -1 ? path : `${path.slice(0, parameter)}…`;
}

function escapedAll(text: string): string {
  return encodeURIComponent(text).replaceAll("'", escaped);
}

function escaped(character: string): string {
  return character === "'" ? '%27' : encodeURIComponent(character);
}
