// Turns the beginning or the end of an alert into the payload of its topic.
import type { AlertName } from './alerts.ts';
import { instantText } from './instant.ts';
import type { AlertPayload } from './payloads.ts';

/** Instants are Unix time, milliseconds. */
type AlertFacts = Readonly<{
  session: string;
  wallAt: number;
  alert: AlertName;
  since: number;
  /** Null while it lasts. */
  until: number | null;
  detail: string;
}>;

export function alertPayload({ session, wallAt, alert, since, until, detail }: AlertFacts): AlertPayload {
  return {
    session,
    at: instantText(wallAt),
    alert,
    on: until === null,
    since: instantText(since),
    until: until === null ? null : instantText(until),
    detail,
  };
}
