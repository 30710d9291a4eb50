#!/usr/bin/env node
// Sets up a checkout for the demo, the tests or the daemon; needs nothing but Node.
import { unsupportedNode } from './bootstrap/node-guard.mjs';

// The rest is imported only after the guard: an old Node could not even parse it.
var problem = unsupportedNode(process.version);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  import('./bootstrap/set-up.mjs').then((module) => module.setUp(process.argv.slice(2)));
}
