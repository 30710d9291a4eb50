// Names the command that repairs this installation, from wherever it is typed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SET_UP = fileURLToPath(new URL('../../deploy/bootstrap.mjs', import.meta.url));

/** Where it puts the nets. */
export const REPAIRED_FOLDER = fileURLToPath(new URL('../../models/prepared', import.meta.url));

/** A checkout sets itself up; a package is installed again. */
export const REPAIR = existsSync(SET_UP) ? `node "${SET_UP}"` : 'sudo sh install.sh, in the folder of the packages';

/** In a folder of the operator's own nothing is repaired by that. */
export const COPY = `copy it from ${REPAIRED_FOLDER}, or take models.folder out`;
