// Addresses of network cameras, and how to speak of them without giving their secrets away.

const STREAM_ADDRESS = /^(rtsps?|https?):\/\//i;

export function isStreamAddress(input: string): boolean {
  return STREAM_ADDRESS.test(input);
}

export function isRtspAddress(input: string): boolean {
  return /^rtsps?:/i.test(input);
}

/** The address without user, password and query: network cameras take passwords and tokens in all three. */
export function publicAddress(address: string): string {
  return withoutCredentials(address).replace(/[?#].*$/, '');
}

/** Any text, such as a complaint of ffmpeg, with the user and password of every address in it removed. */
export function withoutCredentials(text: string): string {
  // Up to the last @ before the path, since a password may hold an @ of its own.
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]*@/gi, '$1');
}
