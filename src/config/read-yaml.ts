// Reads a YAML file into plain values, and says where it is not YAML.
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { ConfigError } from './config-error.ts';

/** Enough for any sensible file, too few for a document that doubles itself over and over. */
const MAX_ALIASES = 100;
const MOST_ERRORS_TOLD = 10;

/** `whereMissing` says what to do where there is no such file. Throws a ConfigError. */
export function readYaml(path: string, whereMissing: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path, whereMissing), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, MOST_ERRORS_TOLD).map(({ code, message, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return `line ${line}, column ${col}: ${code === 'DUPLICATE_KEY' ? 'this key is given twice' : message}`;
    });
    throw new ConfigError(path, problems);
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // The aliases are resolved only here: too many of them, or one without its anchor.
    if (!(error instanceof ReferenceError)) throw error;
    throw new ConfigError(path, [error.message], error);
  }
}

function textOf(path: string, whereMissing: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new ConfigError(path, [refusal(error, whereMissing)], error);
  }
}

function refusal(error: unknown, whereMissing: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return `there is no such file: ${whereMissing}`;
    case 'EISDIR':
      return 'this is a folder: name the file in it';
    case 'EACCES':
      return 'this user may not read it: run this with sudo, or change its owner or mode';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'this is not a text file in UTF-8';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
