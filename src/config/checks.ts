// Checks of values that know more than a range.

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const BROKER_PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

export function isBrokerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return BROKER_PROTOCOLS.includes(protocol) && hostname !== '';
}

export function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}

/** As a browser tells it (RFC 6454, section 6.2): in lower case, without a path, and without the port that goes without saying. */
export function isWebOrigin(text: string): boolean {
  if (text === 'null') return true;
  if (!URL.canParse(text)) return false;
  const { origin, protocol, host } = new URL(text);
  // A scheme of which the standard knows no origin, such as that of an extension of a browser.
  return host !== '' && text === (origin === 'null' ? `${protocol}//${host}` : origin);
}
