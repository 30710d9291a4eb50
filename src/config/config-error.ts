// The error for a configuration that cannot be used: it lists every problem, one per line.

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** EX_CONFIG of sysexits.h; systemd does not restart on it. */
  readonly exitCode = 78;
  readonly problems: readonly string[];

  constructor(place: string, problems: readonly string[], cause?: unknown) {
    super([`${place} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'), { cause });
    this.problems = problems;
  }
}
