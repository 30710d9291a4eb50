// Reads what others publish on our topics; what is not ours to understand is null.
import { type PayloadOf, topics } from '../contract/topics.ts';

export function readAvailability(payload: string): PayloadOf<'availability'> | null {
  return topics.availability.schema.nullable().catch(null).parse(parsed(payload));
}

export function readAlert(payload: string): PayloadOf<'alert'> | null {
  return topics.alert.schema.nullable().catch(null).parse(parsed(payload));
}

export function readNow(payload: string): PayloadOf<'now'> | null {
  return topics.now.schema.nullable().catch(null).parse(parsed(payload));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Anybody can publish anything there; only what we understand concerns us.
    return null;
  }
}
