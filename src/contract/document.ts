// Writes docs/mqtt.md, the reference of the wire contract, from the topics, their schemas and the examples.
import { ALERTS } from './alerts.ts';
import { examples } from './examples.ts';
import { fieldRows } from './field-rows.ts';
import { type TopicName, topicOfMessage, topicPrefix, topics } from './topics.ts';

export function mqttDocument(): string {
  return `${[INTRODUCTION, RULE, topicTable(), DELIVERY, ...names().map(section), alertTable()].join('\n\n')}\n`;
}

const PLACEHOLDER = topicPrefix({ site: '<site>', screen: '<screen>' });

const INTRODUCTION = `# MQTT

<!-- Generated from src/contract by "npm run generate": do not edit. -->

Onlooker publishes JSON below \`${PLACEHOLDER}/\`. The names of site and screen are configured; by default \`local\` and the
name of the host. Nothing needs MQTT 5: every broker that speaks 3.1.1 will do. What is unknown is \`null\`, never 0. Fields may be
added within \`v1\`: ignore those that you do not know. To see it all:

    mosquitto_sub -t 'onlooker/#' -v`;

const RULE = `## The rule for consumers

The clocks of two machines are never compared, and a stopped sensor must not leave an advertisement running. So:

1. Subscribe with a clean session, and count on your own monotonic clock.
2. A state (\`now\`) is valid until its receipt + \`ttlMs\` − \`ageMs\`, and only while \`availability\` says \`online\` for the same
   \`session\`. Where \`ageMs\` is null, nothing has been seen and nothing is known.
3. What arrives with the retain flag set counts for nothing until a live message of that session follows; the wait is at most
   a third of \`ttlMs\`.
4. Whenever there is no valid state, fall back to your default.

Rollups are delivered at least once: keep the \`id\`, and ignore what you have already. Of two revisions of one period the higher
one replaces the lower.`;

const DELIVERY = `Events (\`viewer\`) are momentary: while no broker is connected they are dropped and counted in \`health\`, and they are never
repeated later. Rollups wait in the database until the broker has acknowledged them; a broker hands them to a consumer that was
away only if that consumer has a persistent session there. The embedded broker lives and dies with the daemon and keeps no
sessions. Over MQTT 5 \`now\` carries its \`ttlMs\` as message expiry, in whole seconds.

The order of messages is kept within a topic, not between topics. No two daemons may share site and screen: on an external broker
the one that comes second keeps quiet until the other has gone, and says so in its log.`;

function topicTable(): string {
  const rows = names().map((name) => {
    const { retain, qos } = topics[name];
    return [`[\`${shown(name)}\`](#${anchor(name)})`, retain ? 'yes' : 'no', `${qos}`, PURPOSES[name]];
  });
  return `## Topics\n\n${table(['topic', 'retained', 'QoS', 'what it says'], rows)}`;
}

const PURPOSES: Readonly<Record<TopicName, string>> = {
  availability: 'whether the daemon is there; `offline` is its will, which the broker publishes when it is lost',
  info: 'how the numbers come about: nets, age groups, thresholds, privacy policy',
  now: 'who is present now; on every change, and at least every third of `ttlMs`',
  viewer: 'one viewer entered, was described, or left',
  trigger: 'one decision for the player, on `trigger/<name>`; on every change, and at least every third of `ttlMs`',
  rollup: 'the aggregates of one closed period, on `rollup/1m`, `rollup/15m`, `rollup/1h` and `rollup/1d`',
  replay: 'for you to publish: asks for rollups that you missed; they come on `rollup/<period>`',
  'replay-result': 'how a request on `replay` ended',
  play: 'for you to publish: what the player shows',
  'play-audience': 'the audience of one play',
  health: 'how well the daemon and its camera are',
  alert: 'one thing that is wrong, on `alert/<name>`: once when it begins and once when it ends',
};

const SHOWN: Readonly<Partial<Record<TopicName, string>>> = {
  alert: 'alert/<name>',
  trigger: 'trigger/<name>',
  rollup: 'rollup/<period>',
};

function section(name: TopicName): string {
  const rows = fieldRows(topics[name].schema).map(({ path, type, meaning }) => [`\`${path}\``, type, meaning]);
  const { retain, qos } = topics[name];
  return [
    `## ${name}`,
    `\`${PLACEHOLDER}/${shown(name)}\`, QoS ${qos}, ${retain ? 'retained' : 'not retained'}: ${PURPOSES[name]}.`,
    table(['field', 'type', 'meaning'], rows),
    `Example, on \`${topicOfMessage({ site: 'local', screen: 'lobby' }, name, examples[name])}\`:`,
    `\`\`\`json\n${JSON.stringify(examples[name], null, 2)}\n\`\`\``,
  ].join('\n\n');
}

/** What stands for the name of the topic where there is a level more. */
function shown(name: TopicName): string {
  return SHOWN[name] ?? name;
}

function alertTable(): string {
  const rows = Object.entries(ALERTS).map(([name, meaning]) => [`\`${name}\``, meaning]);
  return `What each alert means:\n\n${table(['name', 'meaning'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** As the common renderers of Markdown derive it from a heading. */
function anchor(name: TopicName): string {
  return name.replaceAll('/', '');
}

function names(): readonly TopicName[] {
  // Object.keys forgets the type of the keys; `topics` is a literal without others.
  return Object.keys(topics) as TopicName[];
}
