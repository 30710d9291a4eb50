// The client as one file, for pages that are made without a bundler.
import * as z from 'zod';

export { subscribe } from '../subscribe.ts';

// Compiled checks would need eval, which the policy of a page may forbid.
z.config({ jitless: true });
