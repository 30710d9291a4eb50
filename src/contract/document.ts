// Writes docs/mqtt.md, the reference of the wire contract, from the topics, their schemas and the examples.
import { ALERTS } from './alerts.ts';
import { DELIVERY, EXAMPLE_SCREEN, INTRODUCTION, NOTES, PLACEHOLDER, PLAIN, RULE, VERSIONS } from './document-prose.ts';
import { examples } from './examples.ts';
import { fieldRows } from './field-rows.ts';
import { addressOf, PURPOSES } from './topic-purposes.ts';
import { TOPIC_NAMES, type TopicName, topicOfMessage, topics } from './topics.ts';

export function mqttDocument(): string {
  const sections = [...TOPIC_NAMES.map(section), alertTable(), PLAIN];
  return `${[INTRODUCTION, RULE, topicTable(), DELIVERY, ...sections, VERSIONS].join('\n\n')}\n`;
}

function topicTable(): string {
  const rows = TOPIC_NAMES.map((name) => {
    const { retain, qos } = topics[name];
    return [`[\`${addressOf(name)}\`](#${name})`, retain ? 'yes' : 'no', `${qos}`, PURPOSES[name]];
  });
  rows.push(['[`plain/…`](#plain)', 'yes', '0', 'the most important of it as plain text, outside the guarantees']);
  return `## Topics\n\n${table(['topic', 'retained', 'QoS', 'what it says'], rows)}`;
}

function section(name: TopicName): string {
  const rows = fieldRows(topics[name].schema).map(({ path, type, meaning }) => [`\`${path}\``, type, meaning]);
  const { retain, qos } = topics[name];
  const note = NOTES[name];
  return [
    `## ${name}`,
    `\`${PLACEHOLDER}/${addressOf(name)}\`, QoS ${qos}, ${retain ? 'retained' : 'not retained'}: ${PURPOSES[name]}.`,
    ...(note === undefined ? [] : [note]),
    table(['field', 'type', 'meaning'], rows),
    `Example, on \`${topicOfMessage(EXAMPLE_SCREEN, name, examples[name])}\`:`,
    `\`\`\`json\n${JSON.stringify(examples[name], null, 2)}\n\`\`\``,
  ].join('\n\n');
}

function alertTable(): string {
  const rows = Object.entries(ALERTS).map(([name, meaning]) => [`\`${name}\``, meaning]);
  return `What each alert means:\n\n${table(['name', 'meaning'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
