// Names the command that sets this installation up, and by that repairs it, from wherever it is typed.
import { fileURLToPath } from 'node:url';

export const BOOTSTRAP = `node "${fileURLToPath(new URL('../../deploy/bootstrap.mjs', import.meta.url))}"`;
