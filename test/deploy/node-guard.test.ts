// Tests that an old Node is told what to do, in one line, before anything else is read.
import { describe, expect, it } from 'vitest';
import { unsupportedNode } from '../../deploy/bootstrap/node-guard.mjs';

describe('the Node guard', () => {
  it.each(['v20.19.0', 'v20.19.2', 'v20.20.2', 'v22.0.0', 'v24.11.1', 'v100.0.0'])('accepts %s', (version) => {
    expect(unsupportedNode(version)).toBeNull();
  });

  it.each(['v8.17.0', 'v12.20.0', 'v18.20.4', 'v20.2.0', 'v20.18.3', 'v20.9.0'])('tells %s the remedy', (version) => {
    const problem = unsupportedNode(version);
    expect(problem).toContain(version);
    expect(problem).toContain('apt-get install nodejs npm');
    expect(problem).not.toContain('\n');
  });
});
