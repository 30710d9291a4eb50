// The error for what the user has to set right before anything can be published: it says what and how.
export class MqttError extends Error {
  override readonly name = 'MqttError';
  /** EX_CONFIG of sysexits.h. */
  readonly exitCode = 78;
}
