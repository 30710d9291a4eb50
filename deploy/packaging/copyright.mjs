// Writes the copyright files of both packages from what they hold: copyright.mjs STAGE, run in the checkout.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [stage = ''] = process.argv.slice(2);
const FORMAT = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n';

/** @param {string} path */
const text = (path) => readFileSync(path, 'utf8');
/** @param {string} path */
const json = (path) => JSON.parse(text(path));

writeFileSync(
  join(stage, 'debian', 'onlooker.copyright'),
  [
    FORMAT,
    stanza('*', 'The authors of Onlooker', 'MIT', text('LICENSE')),
    stanza(
      'usr/lib/onlooker/bin/node',
      'The authors of Node.js and of what it contains',
      'Node',
      text(join(stage, 'node', 'LICENSE')),
    ),
    ...bundledPackages(join(stage, 'lib', 'node_modules')).map(({ path, name, license, notice }) =>
      stanza(`usr/lib/onlooker/node_modules/${path}/*`, `The authors of ${name}`, `${license} of ${name}`, notice),
    ),
  ].join('\n'),
);

writeFileSync(
  join(stage, 'debian', 'onlooker-models.copyright'),
  [FORMAT, stanza('debian/*', 'The authors of Onlooker', 'MIT', text('LICENSE')), ...packedNets().map(netStanza)].join(
    '\n',
  ),
);

/**
 * @param {string} files @param {string} holder @param {string} license @param {string} notice
 */
function stanza(files, holder, license, notice) {
  const common = license.includes('Apache-2.0')
    ? `${notice}\n\nIts text: /usr/share/common-licenses/Apache-2.0`
    : notice;
  const lines = common.trim().split('\n');
  const body = lines.map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`)).join('\n');
  return `Files: ${files}\nCopyright: ${holder}\nLicense: ${license.replaceAll(/[\s()/@]+/g, '-')}\n${body}\n`;
}

/**
 * Every npm package in the folder, nested ones included.
 * @param {string} folder
 * @returns {{ path: string, name: string, license: string, notice: string }[]}
 */
function bundledPackages(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
    .sort()
    .map((path) => {
      const { name, license } = json(join(folder, path));
      const place = path.slice(0, -'/package.json'.length);
      const [notice = license && `As the package says: ${license}.`] = licenseOf(join(folder, place));
      if (notice === undefined) throw new Error(`${path} comes without a license: it must not be handed on`);
      return { path: place, name, license: String(license?.type ?? license ?? 'License'), notice };
    });
}

/** The nets of the manifest whose files are in the package. */
function packedNets() {
  return json('models/manifest.json').nets.filter((/** @type {Net} */ { files }) =>
    existsSync(join(stage, 'models', files.weights.name)),
  );
}

/**
 * The text that a package comes with, if there is one.
 * @param {string} folder
 */
function licenseOf(folder) {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return file === undefined ? [] : [text(join(folder, file))];
}

/**
 * @typedef {{ name: string, files: { weights: { name: string }, definition?: { name: string } },
 *   source: { package?: string, version?: string }, license: { name: string, commercialUse: string, reason: string } }} Net
 */

/** @param {Net} net */
function netStanza({ name, files, source, license }) {
  const names = [files.weights.name, files.definition?.name].filter((file) => file !== undefined);
  const summary = `License: ${license.name}. Commercial use: ${license.commercialUse}. ${license.reason}`;
  const texts = source.package === undefined ? [] : licenseOf(join('node_modules', source.package));
  const notice = [summary, ...texts].join('\n\n');
  const from =
    source.package === undefined ? name : `${name}, from the npm package ${source.package} ${source.version}`;
  return stanza(
    names.map((file) => `usr/share/onlooker/models/${file}`).join(' '),
    `The authors of ${from}`,
    license.name,
    notice,
  );
}
