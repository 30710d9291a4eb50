// Says the most important of `now` and `trigger` in one word each, for players that cannot read JSON; outside the guarantees.
import { type PayloadOf, type Screen, type TopicName, topicPrefix } from './topics.ts';

/** One retained topic below `plain/` with the word that is on it. */
export type PlainText = Readonly<{ name: string; text: string }>;

/** What is not known, and what is undecided. An empty text would take the message away from whoever comes later. */
const UNKNOWN = 'unknown';

/** What there is to say of such a payload; nothing of most. */
export function plainTexts(payload: PayloadOf<TopicName>): readonly PlainText[] {
  if ('majorityGender' in payload) return ofNow(payload);
  return 'trigger' in payload ? [{ name: `trigger/${payload.trigger}`, text: payload.on ? 'ON' : 'OFF' }] : [];
}

/** The text for the time in which nobody is there to say better. */
export function withoutKnowledge({ name }: PlainText): PlainText {
  return { name, text: name.startsWith('trigger/') ? 'OFF' : UNKNOWN };
}

export function plainTopic(screen: Screen, name: string): string {
  return `${topicPrefix(screen)}/plain/${name}`;
}

function ofNow(now: PayloadOf<'now'>): readonly PlainText[] {
  return [
    { name: 'present', text: numberText(now.present) },
    { name: 'attending', text: numberText(now.attending) },
    { name: 'watchers', text: numberText(now.watchers) },
    { name: 'majority-gender', text: now.majorityGender?.name ?? UNKNOWN },
    { name: 'majority-age-group', text: now.majorityAgeGroup?.name ?? UNKNOWN },
  ];
}

function numberText(amount: number | null): string {
  return amount === null ? UNKNOWN : String(amount);
}
