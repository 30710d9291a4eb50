// Decides which web pages may connect: a browser lets every page reach this machine, and says whose page it is (RFC 6454, section 7).

const OWN_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const MAX_SHOWN = 64;

/** Null when it may; else why not. Whoever is no page names no origin, and could name any. */
export function originRefusal(origin: string | undefined, listed: readonly string[]): string | null {
  if (origin === undefined || listed.includes(origin) || isOwn(origin)) return null;
  return `a page of ${origin.slice(0, MAX_SHOWN)}: list that in mqtt.webSocketOrigins if it may connect`;
}

function isOwn(origin: string): boolean {
  return URL.canParse(origin) && OWN_HOSTS.includes(new URL(origin).hostname);
}
