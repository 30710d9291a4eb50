// A password file named without a folder: what systemd hands to the service, or what lies beside the configuration.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOST = { hostname: 'kiosk-7' };

it.each(['mqtt', 'source'] as const)(
  '%s.passwordFile is a credential, or else lies beside the configuration',
  (section) => {
    const folder = tempFolder();
    const credentialsFolder = join(folder, 'credentials');
    mkdirSync(credentialsFolder);
    const name = `${section}-password`;
    writeFileSync(join(credentialsFolder, name), 'of the service\n');
    writeFileSync(join(folder, name), 'beside it\n');
    const path = join(folder, 'onlooker.yaml');
    const place = section === 'mqtt' ? "url: 'mqtts://broker.example'" : "input: 'rtsp://door.example/1'";
    writeFileSync(path, `${section}: {${place}, username: screen, passwordFile: ${name}}`);
    const key = `${section}Password` as const;
    expect(loadConfig(path, { ...HOST, credentialsFolder })[key]).toBe('of the service');
    expect(loadConfig(path, HOST)[key]).toBe('beside it');
    expect(loadConfig(path, { ...HOST, credentialsFolder: '' })[key]).toBe('beside it');
  },
);

it('an empty credential, which stands for a file that is missing, is told as one', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'mqtt-password'), '\n');
  const path = join(folder, 'onlooker.yaml');
  writeFileSync(path, "mqtt: {url: 'mqtts://broker.example', username: screen, passwordFile: mqtt-password}");
  expect(() => loadConfig(path, HOST)).toThrow('mqtt.passwordFile: holds no password (got "mqtt-password")');
});
