// Addresses of network cameras, and how to speak of them without giving their secrets away.

const STREAM_ADDRESS = /^(rtsps?|https?):\/\//i;

export function isStreamAddress(input: string): boolean {
  return STREAM_ADDRESS.test(input);
}

export function isRtspAddress(input: string): boolean {
  return /^rtsps?:/i.test(input);
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
  const [address = ''] = rest.slice(0, rest.length - end.length).split(/[?#]/);
  const slash = address.indexOf('/');
  const authority = slash === -1 ? address : address.slice(0, slash);
  // Up to the last @ before the path, since a password may hold an @ of its own.
  return authority.slice(authority.lastIndexOf('@') + 1) + (slash === -1 ? '' : address.slice(slash)) + end;
}
