// Names the command that repairs this installation, from wherever it is typed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SET_UP = fileURLToPath(new URL('../../deploy/bootstrap.mjs', import.meta.url));

/** A checkout sets itself up; a package is installed again. */
export const REPAIR = existsSync(SET_UP) ? `node "${SET_UP}"` : 'sudo sh install.sh, in the folder of the packages';
