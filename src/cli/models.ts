// onlooker models: lists, gets, checks and explains the nets.
import { type Command, Option } from 'commander';
import type { Prepare } from '../models/pull/pull-net.ts';
import { infoAbout } from './models-info.ts';
import { askOnTerminal } from './models-license.ts';
import { listModels } from './models-list.ts';
import { pullModels } from './models-pull.ts';
import { INSTALLED, type Installation } from './models-shelf.ts';
import { verifyModels } from './models-verify.ts';

export type ModelsSetup = Readonly<{
  done: (exitCode: number) => void;
  prepare: Prepare;
  installation?: Installation;
  /** Gives the answer to a question; null where there is nobody to ask. */
  ask?: ((question: string) => Promise<string>) | null;
  stallMs?: number;
}>;

const STALL_MS = 30_000;

/** Adds the command with its own commands to the table. */
export function addModelsCommand(program: Command, setup: ModelsSetup): void {
  const { done, prepare, installation = INSTALLED, ask = askOnTerminal(), stallMs = STALL_MS } = setup;
  const models = program
    .command('models')
    .description('list, get, check and explain the nets that find and classify faces');
  models
    .command('list')
    .description('show the packs and the nets they are made of, and which are there')
    .addOption(configOption())
    .option('--json', 'print it as JSON')
    .action((options) => done(listModels(options, installation)));
  models
    .command('pull')
    .description('get the files of nets that do not come with the program')
    .argument('[name...]', 'packs or nets; without a name the configured pack')
    .addOption(configOption())
    .option('--all', 'every net there is')
    .option('--from <folder>', 'take the files from a folder or a USB stick instead of the web')
    .option('--accept-licence', 'accept the licenses that are shown, for scripts')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', PULL_HELP)
    .action(async (names, options) => done(await pullModels(names, options, { installation, prepare, ask, stallMs })));
  models
    .command('verify')
    .description('check size and SHA-256 of files, and that none is missing')
    .argument('[name...]', 'packs or nets; without a name every file that is there, and the configured pack')
    .addOption(configOption())
    .option('--json', 'print it as JSON')
    .action((names, options) => done(verifyModels(names, options, installation)));
  models
    .command('info')
    .description('show everything that is known about a pack or a net: origin, license, how it is fed, calibration')
    .argument('<name>', 'name of the pack or net, as list shows it')
    .addOption(configOption())
    .option('--json', 'print it as JSON')
    .action((name, options) => done(infoAbout(name, options, installation)));
}

const PULL_HELP = `
What is interrupted goes on where it stopped. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are obeyed.
  onlooker models pull levi-hassner
  onlooker models pull levi-hassner --from /media/usb --accept-licence`;

function configOption(): Option {
  return new Option('--config <file>', 'configuration (YAML), which names the pack and the folder of the models');
}
