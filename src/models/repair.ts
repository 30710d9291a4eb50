// Names where the nets of this installation are and the command that repairs them, from wherever it is typed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SET_UP = fileURLToPath(new URL('../../deploy/bootstrap.mjs', import.meta.url));

/** Where the set-up puts the nets. */
export const PREPARED_MODELS = fileURLToPath(new URL('../../models/prepared', import.meta.url));

/** A checkout sets itself up; a package is installed again. */
export const REPAIR = existsSync(SET_UP) ? `node "${SET_UP}"` : 'sudo sh install.sh, in the folder of the packages';

/** In a folder of the operator's own nothing is repaired by that. */
export const COPY = `copy it from ${PREPARED_MODELS}, or take models.folder out`;
