// Describes the contract as an AsyncAPI 3.0 document, for the tools that draw, check and generate from one.
import { examples } from './examples.ts';
import { jsonSchema } from './json-schema.ts';
import { addressOf, LEVELS, PURPOSES } from './topic-purposes.ts';
import { INBOUND_TOPICS, TOPIC_NAMES, type TopicName, topicOf, topics } from './topics.ts';

type Part = Readonly<Record<string, unknown>>;

/** Of the contract, not of the program: v1 is the level in the topics; the minor version grows with each addition. */
const VERSION = '1.1.0';
/** https://github.com/asyncapi/bindings/blob/master/mqtt/README.md */
const BINDING_VERSION = '0.2.0';

const PLACEHOLDERS = { site: '{site}', screen: '{screen}' };

/** `port` is the default of the embedded broker. */
export function asyncApiDocument(port: number): Part {
  return {
    asyncapi: '3.0.0',
    id: 'urn:onlooker:v1',
    info: {
      title: 'Onlooker',
      version: VERSION,
      description:
        'The audience before a screen over MQTT, as the daemon sees it: what it sends and what it receives. How to believe it, ' +
        'and what will not change, is in mqtt.md beside this file.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: servers(port),
    channels: byTopic((name) => name, channel),
    operations: byTopic(operationName, operation),
    components: {
      parameters: {
        site: { description: 'Group of screens, as configured.', default: 'local' },
        screen: { description: 'One screen, as configured; by default the name of the host.' },
      },
      messages: byTopic((name) => name, message),
      serverBindings: { daemon: { mqtt: daemonBinding() } },
    },
  };
}

function byTopic(key: (name: TopicName) => string, part: (name: TopicName) => Part): Part {
  return Object.fromEntries(TOPIC_NAMES.map((name) => [key(name), part(name)]));
}

function servers(port: number): Part {
  const shared = {
    host: '127.0.0.1:{port}',
    protocolVersion: '3.1.1',
    bindings: reference('components/serverBindings/daemon'),
  };
  return {
    embedded: {
      ...shared,
      protocol: 'mqtt',
      description: 'The broker inside the daemon, for this machine only; mqtt.url names another one.',
      variables: { port: { default: String(port), description: 'mqtt.port in the configuration.' } },
    },
    embeddedWebSocket: {
      ...shared,
      protocol: 'ws',
      description: 'The same broker over WebSocket, for players in a browser.',
      variables: {
        port: { description: 'mqtt.webSocketPort in the configuration; without it there is no such server.' },
      },
    },
  };
}

/** How the daemon connects; the will is what the broker publishes when the daemon is lost. */
function daemonBinding(): Part {
  const { qos, retain } = topics.availability;
  return {
    cleanSession: true,
    lastWill: {
      topic: topicOf(PLACEHOLDERS, 'availability'),
      qos,
      retain,
      message: JSON.stringify({ ...examples.availability, state: 'offline' }),
    },
    bindingVersion: BINDING_VERSION,
  };
}

function channel(name: TopicName): Part {
  const level = LEVELS[name];
  return {
    address: topicOf(PLACEHOLDERS, name) + (level === undefined ? '' : `/{${level.name}}`),
    description: PURPOSES[name],
    parameters: {
      site: reference('components/parameters/site'),
      screen: reference('components/parameters/screen'),
      ...(level && {
        [level.name]: {
          description: level.meaning,
          examples: level.examples,
          location: `$message.payload#/${level.field}`,
        },
      }),
    },
    messages: { [name]: reference(`components/messages/${name}`) },
  };
}

const REPLIES: Readonly<Partial<Record<TopicName, TopicName>>> = { replay: 'replay-result', play: 'play-audience' };

function operation(name: TopicName): Part {
  const { qos, retain } = topics[name];
  const reply = REPLIES[name];
  return {
    action: isInbound(name) ? 'receive' : 'send',
    summary: PURPOSES[name],
    channel: reference(`channels/${name}`),
    messages: [reference(`channels/${name}/messages/${name}`)],
    ...(reply && {
      reply: {
        channel: reference(`channels/${reply}`),
        messages: [reference(`channels/${reply}/messages/${reply}`)],
      },
    }),
    bindings: { mqtt: { qos, retain, ...expiry(name), bindingVersion: BINDING_VERSION } },
  };
}

function operationName(name: TopicName): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${isInbound(name) ? 'receive' : 'send'}${words.join('')}`;
}

/** What is believed for a time only is kept by the broker no longer than that, over MQTT 5. */
function expiry(name: TopicName): Part {
  const example = examples[name];
  if (!('ttlMs' in example)) return {};
  const description = '`ttlMs` of the payload in whole seconds, rounded up; over MQTT 5 only.';
  return {
    messageExpiryInterval: { type: 'integer', minimum: 1, description, examples: [Math.ceil(example.ttlMs / 1000)] },
  };
}

function message(name: TopicName): Part {
  const example = examples[name];
  return {
    name,
    title: addressOf(name),
    summary: PURPOSES[name],
    // https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/mqtt-protocol-binding.md, structured mode
    contentType: 'specversion' in example ? 'application/cloudevents+json' : 'application/json',
    ...('requestId' in example && { correlationId: { location: '$message.payload#/requestId' } }),
    ...('ttlMs' in example && {
      description: 'Valid for `ttlMs` − `ageMs` after its receipt, and only while the daemon is available.',
    }),
    payload: jsonSchema(topics[name].schema),
    examples: [{ name: 'example', payload: example }],
  };
}

function isInbound(name: TopicName): boolean {
  return INBOUND_TOPICS.some((inbound) => inbound === name);
}

function reference(path: string): Part {
  return { $ref: `#/${path}` };
}
