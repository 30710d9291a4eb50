// Says in words why there is no connection to the broker, without anything secret.

/** `refused`: the broker answered and said no; `away`: it did not answer. */
export type Failure = Readonly<{ kind: 'refused' | 'away'; text: string }>;

/** Return codes of CONNACK: MQTT 3.1.1 section 3.2.2.3 (1 to 5), MQTT 5 section 3.2.2.2 (128 and above). */
const BAD_CREDENTIALS: readonly number[] = [4, 134];
const NOT_AUTHORIZED: readonly number[] = [5, 135];
const UNSUPPORTED_VERSION: readonly number[] = [1, 132];
const LEAST_REASON = 128;

export function describeFailure(error: Error): Failure {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return { kind: 'refused', text: `refused: ${refusal(code)}` };
  // A name with several addresses fails with one error for each of them, and no words of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const text = first instanceof Error ? first.message : '';
  return { kind: 'away', text: text === '' ? String(code ?? 'unknown reason') : text };
}

/** True for a reason code by which the broker did not take a message over; MQTT 5 section 2.4. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code >= LEAST_REASON;
}

function refusal(code: number): string {
  if (BAD_CREDENTIALS.includes(code)) return 'bad user name or password';
  // Several brokers answer so to a wrong password, too.
  if (NOT_AUTHORIZED.includes(code)) return 'bad user name or password, or not authorized';
  if (UNSUPPORTED_VERSION.includes(code)) return 'the broker does not speak this mqtt.protocolVersion';
  return `reason ${code}`;
}
