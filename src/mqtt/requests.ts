// Answers what others ask of the daemon; what cannot be done is refused in words, and no flood of requests grows anything.
import type { Rollup } from '../audience/rollup.ts';
import { instantText } from '../contract/instant.ts';
import type { PayloadOf, Screen } from '../contract/topics.ts';
import type { OutgoingMessage } from './connection.ts';
import type { Misunderstood } from './incoming.ts';
import { messageOf } from './message.ts';
import type { Clock, IsStorageError, PlayPort, RollupsPort } from './ports.ts';
import type { Refusals } from './refusals.ts';
import { Replay, type ReplayAnswer } from './replay.ts';

export type RequestsOptions = Readonly<{ screen: Screen; session: string }>;

export type RequestsPorts = Readonly<{
  clock: Clock;
  rollups: RollupsPort;
  isStorageError: IsStorageError;
  /** How many rollups may be under way on this connection. */
  window(): number;
  play: PlayPort;
  refusals: Refusals;
  /** Resolves when the broker has taken the message over; null when there is no connection. */
  send(message: OutgoingMessage): Promise<void> | null;
  sendRollup(rollup: Rollup, historical: boolean): Promise<void> | null;
}>;

/** While so many answers are not acknowledged, refused requests are only counted. */
const MAX_UNACKNOWLEDGED = 8;

export class Requests {
  readonly #options: RequestsOptions;
  readonly #ports: RequestsPorts;
  readonly #replay: Replay;
  /** Answers under way on this connection. */
  #unacknowledged = new Set<object>();

  constructor(options: RequestsOptions, ports: RequestsPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#replay = new Replay({
      ...ports,
      send: (rollup) => ports.sendRollup(rollup, true),
      answer: (answer) => this.#answered(answer),
    });
  }

  replay(request: PayloadOf<'replay'>): void {
    this.#replay.ask(request);
  }

  play(told: PayloadOf<'play'>): void {
    const refusal = this.#ports.play(told);
    if (refusal !== null) this.#ports.refusals.refuse({ topic: 'play', kind: 'impossible', reason: refusal });
  }

  misunderstood({ topic, kind, reason, requestId }: Misunderstood): void {
    this.#ports.refusals.refuse({ topic, kind, reason });
    // A request that was kept by the broker comes on each connect: nobody waits for its answer.
    if (topic === 'replay' && kind !== 'retained') this.#answer(requestId, 0, `${kind}: ${reason}`);
  }

  /** The connection is gone, and what was under way with it. */
  close(): void {
    this.#replay.close();
    this.#unacknowledged = new Set();
  }

  #answered({ requestId, rollups, refusal }: ReplayAnswer): void {
    if (refusal !== null) this.#ports.refusals.refuse({ topic: 'replay', kind: 'impossible', reason: refusal });
    this.#answer(requestId, rollups, refusal);
  }

  #answer(requestId: string | null, rollups: number, reason: string | null): void {
    const unacknowledged = this.#unacknowledged;
    if (reason !== null && unacknowledged.size >= MAX_UNACKNOWLEDGED) return;
    const { screen, session } = this.#options;
    const at = instantText(this.#ports.clock.wallNow());
    const state = reason === null ? ('done' as const) : ('refused' as const);
    const answer = { session, at, requestId, state, rollups, reason };
    unacknowledged.add(answer);
    const forget = () => unacknowledged.delete(answer);
    const sent = this.#ports.send(messageOf(screen, 'replay-result', answer));
    if (sent === null) forget();
    else sent.then(forget, forget);
  }
}
