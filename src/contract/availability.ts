// Says whether the daemon is there; `offline` is what the broker says for it when it is lost.
import { instantText } from './instant.ts';
import type { AvailabilityPayload } from './payloads.ts';

/** `wallAt` is Unix time, milliseconds. */
export function availabilityPayload(
  state: AvailabilityPayload['state'],
  session: string,
  wallAt: number,
): AvailabilityPayload {
  return { state, session, at: instantText(wallAt) };
}
