// The prose of docs/mqtt.md: how to believe what comes, how to ask, and what will not change.
import { examples } from './examples.ts';
import { plainTexts, plainTopic } from './plain.ts';
import { type TopicName, topicOf, topicPrefix } from './topics.ts';

export const PLACEHOLDER = topicPrefix({ site: '<site>', screen: '<screen>' });
export const EXAMPLE_SCREEN = { site: 'local', screen: 'lobby' };

export const INTRODUCTION = `# MQTT

<!-- Generated from src/contract by "npm run generate": do not edit. -->

Onlooker publishes JSON below \`${PLACEHOLDER}/\`. The names of site and screen are configured; by default \`local\` and the
name of the host. Nothing needs MQTT 5: every broker that speaks 3.1.1 will do. What is unknown is \`null\`, never 0. To see it all:

    mosquitto_sub -t 'onlooker/#' -v

For programs the same is told by [asyncapi.yaml](asyncapi.yaml) (AsyncAPI 3.0) and by one JSON Schema for each topic in
[schema](schema).`;

export const RULE = `## The rule for consumers

The clocks of two machines are never compared, and a stopped sensor must not leave an advertisement running. So:

1. Subscribe with a clean session, and count on your own monotonic clock.
2. A state (\`now\`, \`trigger/<name>\`) is valid until its receipt + \`ttlMs\` − \`ageMs\`, and only while \`availability\` says \`online\` for
   the same \`session\`. Where \`ageMs\` is null, nothing has been seen and nothing is known.
3. A state that arrives with the retain flag set counts for nothing, however young it claims to be: a live one follows within a
   third of \`ttlMs\`. Only \`availability\` counts although it was retained.
4. Whenever there is no valid state, fall back to your default.

Rollups are delivered at least once: keep the \`id\`, and ignore what you have already. Of two revisions of one period the higher
one replaces the lower.`;

export const DELIVERY = `Events (\`viewer\`, \`play-audience\`) are momentary: while no broker is connected they are dropped and counted in \`health\`, and they are never
repeated later. Rollups wait in the database until the broker has acknowledged them; a broker hands them to a consumer that was
away only if that consumer has a persistent session there, and only as many as it keeps for one: mosquitto by default 1,000
(\`max_queued_messages\`), of rollups alone fifteen hours of one screen. Ask for what is beyond on \`replay\`. The embedded
broker lives and dies with the daemon and keeps no sessions. Over MQTT 5 \`now\` and \`trigger/<name>\` carry their \`ttlMs\` as message
expiry, in whole seconds.

\`viewer\`, \`rollup/<period>\` and \`play-audience\` are [CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md)
in structured mode.

The order of messages is kept within a topic, not between topics. No two daemons may share site and screen: on an external broker
the one that comes second keeps quiet until the other has gone, and says so in its log.`;

/** What the fields of a topic do not say. */
export const NOTES: Readonly<Partial<Record<TopicName, string>>> = {
  now: `The numbers are those of the newest picture: when a face is missed in one of them, \`present\` falls by one and rises again with
the next, although nobody has moved. The rollups make up for it, because a gap that closes within \`maxGapMs\` of \`info\` is credited
afterwards; what is shown now cannot wait for that. So do not choose advertisements by these numbers: a [trigger](#trigger) can be
given times before it comes on and for which it stays on at least, and does not flicker.`,

  trigger: `A trigger is a decision that is already made: nothing is left to count or to compare. Of all triggers of a screen at most
one is on; that of the configured default, where there is one, is on whenever no rule holds or nothing is known. So show what belongs to
the one that is on, and your own default when there is none. A trigger is a state: believe it by
[the rule for consumers](#the-rule-for-consumers). One that is not repeated in time is off, whatever it said last.`,

  rollup: `Where \`privacy.k\` of \`info\` is above 1, a combination of age group and gender with \`entered\` below it is not told: its amounts are
in the cell \`unknown\`/\`unknown\`. So cells always add up to the totals of their period, but those of a longer period may tell more than those of its
minutes do. A period that is sent again is told by the k that is in force then.`,

  replay: `A period is sent again as it is stored, with the same \`id\` as at first and \`historical\`; a period in which nothing could be
observed comes as nulls. Then \`replay-result\` tells how it ended. To ask for the quarters of an hour of a day, listen first:

    mosquitto_sub -v -t '${topicOf(EXAMPLE_SCREEN, 'rollup')}/15m' -t '${topicOf(EXAMPLE_SCREEN, 'replay-result')}'

and then publish, in another terminal:

    mosquitto_pub -q 1 -t '${topicOf(EXAMPLE_SCREEN, 'replay')}' -m '${JSON.stringify(examples.replay)}'

The first terminal shows the rollups, a line each, and at last:

    ${topicOf(EXAMPLE_SCREEN, 'replay-result')} ${JSON.stringify(examples['replay-result'])}

One request is answered at a time, and none for more than 10,000 periods; what cannot be answered is refused with the reason. When
the connection of the daemon breaks before the result has come, ask again. \`requestId\` is of your choice, 1 to 128 characters.
A request with the retain flag set is not heard.`,

  play: `Publish \`started\` when content appears on the screen, and \`ended\` with the same \`playId\` when it has gone; then comes
\`play-audience\`. The daemon takes the time when it hears of it, so no clock of yours matters. \`playId\` and \`content\` are of your
choice, 1 to 128 characters each. What has the retain flag set is not heard.

    mosquitto_pub -q 1 -t '${topicOf(EXAMPLE_SCREEN, 'play')}' -m '${JSON.stringify({ ...examples.play, state: 'started' })}'
    mosquitto_pub -q 1 -t '${topicOf(EXAMPLE_SCREEN, 'play')}' -m '${JSON.stringify(examples.play)}'`,
};

const PLAIN_TEXTS = [...plainTexts(examples.now), ...plainTexts(examples.trigger)];

export const PLAIN = `## plain

For players that cannot read JSON, the most important of \`now\` and of each trigger is told as plain text too, retained and at QoS 0:

${PLAIN_TEXTS.map(({ name, text }) => `    ${plainTopic(EXAMPLE_SCREEN, name)} ${text}`).join('\n')}

What is not known or undecided is \`unknown\`. This is a convenience outside the guarantees: a plain text does not say how old it is,
and what a daemon left behind that was killed looks like news. Who can read JSON should.`;

export const VERSIONS = `## Versions

The level \`v1\` in the topics is the version. Within it the contract changes by additions only.

* **What you read.** Topics and fields may be added: ignore those that you do not know. A list of words that ends with … above may
  gain words: treat one that you do not know as you would treat no news. All other lists are complete. Nothing is removed or
  renamed. The type of a field stays, a field that is always there stays so, and one that is never null stays so. So do QoS and
  retain flag.
* **What you publish** (\`replay\`, \`play\`). What is accepted now stays accepted, and no further field becomes necessary. Fields
  that are not listed are ignored.
* **What is not promised.** The wording of \`reason\` and \`detail\`, the order of fields, and \`plain/…\`.

Anything else is called \`v2\`, in topics of its own. Every change is compared with the contract as last released by the tests; the
version in [asyncapi.yaml](asyncapi.yaml) grows by a minor step with each addition.`;
