// The layer rules: which folder may import what, each with the reason why.

/** A folder may import itself, the listed folders (regular expressions on paths) and the listed npm packages. */
function layer(folder, comment, folders, packages, { builtins = true } = {}) {
  const allowed = [`^src/${folder}/`, ...folders.map((path) => `^src/${path}`)];
  const external = packages.length === 0 ? [] : [`node_modules/(${packages.join('|')})(/|$)`];
  return {
    name: `layer-${folder}`,
    comment,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: {
      pathNot: [...allowed, ...external],
      ...(builtins ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
}

/** A native or single-purpose package has one owning folder. */
function owner(name, folder) {
  return {
    name: `owner-${name.replaceAll(/\W+/g, '-')}`,
    comment: `Only src/${folder} may know ${name}, so that it can be replaced in one place.`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${folder}` },
    to: { path: `node_modules/${name}(/|$)` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one concept: join them or find the third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: [
          '\\.d\\.ts$',
          '^src/(main|sensor/(main|trial)|analyze/main|still/main|capture/raspistill/main|models/convert/main|player/page/(main|client)|player/subscribe)\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'no-test-in-src',
      comment: 'The product does not know its tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    layer('observation', 'The lowest layer: what crosses from the sensor knows nobody.', [], ['zod'], {
      builtins: false,
    }),
    layer(
      'audience',
      'The core is pure: the same observations give the same numbers, anywhere.',
      ['observation/'],
      [],
      {
        builtins: false,
      },
    ),
    layer(
      'targeting',
      'Which trigger is on is decided from the audience alone: the same observations give the same decisions.',
      ['observation/', 'audience/'],
      ['yalps'],
      {
        builtins: false,
      },
    ),
    layer(
      'contract',
      'The contract is pure: it describes messages and sends none.',
      ['observation/', 'audience/', 'targeting/'],
      ['zod'],
      {
        builtins: false,
      },
    ),
    layer(
      'sqlite',
      'An adapter knows the core and its own technology, never another adapter.',
      ['contract/', 'audience/', 'observation/'],
      ['better-sqlite3', '@types/better-sqlite3', 'zod'],
    ),
    layer(
      'mqtt',
      'An adapter knows the core and its own technology, never another adapter.',
      ['contract/', 'audience/', 'observation/'],
      ['mqtt', 'aedes', 'ws', '@types/ws', 'zod'],
    ),
    layer(
      'http',
      'An adapter knows the core and its own technology, never another adapter.',
      ['contract/', 'audience/', 'observation/'],
      [],
    ),
    layer(
      'player',
      'The client runs on other machines and in browsers: it knows the contract and nothing of the daemon.',
      ['contract/'],
      ['mqtt', 'zod'],
      { builtins: false },
    ),
    {
      name: 'player-stands-alone',
      comment: 'The daemon does not know its players; it hands out the page that the build made.',
      severity: 'error',
      from: { path: '^src/(?!player/)' },
      to: { path: '^src/player/' },
    },
    layer(
      'systemd',
      'An adapter knows the core and its own technology, never another adapter.',
      ['contract/', 'audience/', 'observation/'],
      ['systemd-notify'],
    ),
    layer(
      'recording',
      'An adapter knows the core and its own technology, never another adapter.',
      ['contract/', 'audience/', 'observation/'],
      ['zod'],
    ),
    layer(
      'sensor',
      'The sensor owns the pixels: it may see neither the network nor the database nor how frames are captured.',
      ['observation/', 'audience/', 'models/(?!convert/|pull/)'],
      ['zod', '@u4/opencv4nodejs', '@u4/opencv-build'],
    ),
    layer(
      'models',
      'Models are files with numbers about them; they never see a pixel.',
      ['observation/'],
      ['zod', 'yaml', 'undici', 'flatbuffers', 'protobufjs'],
    ),
    layer(
      'capture',
      'Capture says which program with which arguments; it never sees a pixel, but in its own program for photographs.',
      ['observation/'],
      ['zod', 'node-raspistill'],
    ),
    layer(
      'simulator',
      'The simulator makes observations out of numbers: the same seed gives the same ones, anywhere.',
      [
        'observation/',
        'audience/',
        'config/(read-yaml|config-error|problems|key-tree|reference|clock-time|opening-hours-schema)\\.ts$',
      ],
      ['zod'],
    ),
    {
      name: 'scenarios-are-read-in-one-place',
      comment: 'Of the simulator only the file that reads scenarios touches files.',
      severity: 'error',
      from: { path: '^src/simulator/', pathNot: '^src/simulator/load-scenario\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'simulator-is-a-source',
      comment:
        'What is simulated is told by nobody but the commands and the daemon, which cannot tell it from a camera.',
      severity: 'error',
      from: { path: '^src/(?!simulator/|cli/|daemon/)' },
      to: { path: '^src/simulator/' },
    },
    layer(
      'config',
      'The configuration knows the shape of all options and nothing that uses them.',
      ['(audience|targeting|capture|contract)/'],
      ['zod', 'yaml', 'fastest-levenshtein'],
    ),
    layer(
      'doctor',
      'The doctor asks the parts of the daemon how they are; it never sees a pixel, and no part knows it.',
      ['(capture|config|contract|daemon|models|mqtt|observation|sqlite)/'],
      [],
    ),
    layer(
      'setup',
      'The set-up looks, asks and writes the configuration; it never sees a pixel.',
      ['(capture|config|daemon|doctor|models)/'],
      ['zod'],
    ),
    {
      name: 'setup-at-first-only',
      comment: 'What is done once, with somebody at the keyboard, is no part of what runs.',
      severity: 'error',
      from: { path: '^src/(?!setup/|cli/setup|still/)' },
      to: { path: '^src/setup/' },
    },
    layer(
      'still',
      'The program that shows a still reads frames as the sensor does and knows nothing else.',
      ['sensor/(frames|luma|monotonic|view)\\.ts$', 'setup/still-options\\.ts$'],
      [],
    ),
    {
      name: 'still-has-no-network',
      comment: 'What shows a picture on the terminal sends it nowhere and starts nothing.',
      severity: 'error',
      from: { path: '^src/still/' },
      to: {
        path: '^(node:)?(fs|fs/promises|net|dgram|http|https|http2|tls|inspector|dns|child_process|worker_threads)$',
      },
    },
    {
      name: 'sensor-has-no-network',
      comment:
        'Pixels must not leave the sensor: it reads the inherited descriptor through net in one file and opens nothing.',
      severity: 'error',
      from: { path: '^src/sensor/', pathNot: '^src/sensor/frames\\.ts$' },
      to: { path: '^(node:)?(net|dgram|http|https|http2|tls|inspector|dns)$' },
    },
    {
      name: 'frames-only-net',
      comment: 'The file that reads the frames may use net and nothing else that reaches a network.',
      severity: 'error',
      from: { path: '^src/sensor/frames\\.ts$' },
      to: { path: '^(node:)?(dgram|http|https|http2|tls|inspector|dns)$' },
    },
    {
      name: 'sensor-starts-nothing',
      comment: 'The sensor neither spawns programs nor threads.',
      severity: 'error',
      from: { path: '^src/sensor/' },
      to: { path: '^(node:)?(child_process|worker_threads|cluster)$' },
    },
    {
      name: 'daemon-without-pixels',
      comment: 'The daemon starts the sensor as a process and never imports it: no pixel can reach it.',
      severity: 'error',
      from: { path: '^src/(?!sensor/|analyze/|still/)' },
      to: { path: '^src/sensor/' },
    },
    {
      name: 'photographs-stay-in-their-program',
      comment:
        'Only the program that takes photographs, a process of its own, may hold one; nothing else can import it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/capture/raspistill/' },
      to: { path: '^src/capture/raspistill/(?!source\\.ts)' },
    },
    {
      name: 'few-calls-of-opencv',
      comment: 'The sensor uses the calls that one file exports; none of them writes, shows or captures a picture.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sensor/opencv|analyze/.*)\\.ts$' },
      to: { path: '^src/sensor/load-opencv\\.ts$' },
    },
    {
      name: 'only-analyze-writes-pixels',
      comment: 'analyze draws where its user says so; it is a program of its own that nothing else can import.',
      severity: 'error',
      from: { path: '^src/(?!analyze/)' },
      to: { path: '^src/analyze/' },
    },
    {
      name: 'only-setup-shows-pixels',
      comment: 'A still is shown during set-up by a program of its own that nothing else can import.',
      severity: 'error',
      from: { path: '^src/(?!still/)' },
      to: { path: '^src/still/' },
    },
    {
      name: 'convert-at-set-up-only',
      comment: 'Conversion happens at set-up; the running product only reads what it wrote.',
      severity: 'error',
      from: { path: '^src/(?!models/convert/)' },
      to: { path: '^src/models/convert/' },
    },
    {
      name: 'no-foreign-model-code',
      comment: 'Of the packages that carry models only the files are read; their JavaScript never runs.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/(@vladmandic|@mediapipe)/' },
    },
    owner('@u4/opencv4nodejs', '(sensor/(load-opencv|opencv)|analyze/pictures)\\.ts'),
    owner('@u4/opencv-build', 'sensor/load-opencv\\.ts'),
    owner('better-sqlite3', 'sqlite/'),
    owner('mqtt', '(mqtt|player|cli)/'),
    owner('yalps', 'targeting/smallest-audience\\.ts'),
    owner('aedes', 'mqtt/'),
    owner('ws', 'mqtt/'),
    owner('systemd-notify', 'systemd/'),
    owner('(flatbuffers|protobufjs)', 'models/convert/'),
    owner('fastest-levenshtein', 'config/'),
    owner('yaml', '(config/|models/pack-file\\.ts|cli/models-info\\.ts)'),
    owner('undici', 'models/pull/'),
    owner('commander', '(cli/|main\\.ts)'),
    owner('pino', 'daemon/logger\\.ts'),
    owner('node-raspistill', 'capture/raspistill/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
