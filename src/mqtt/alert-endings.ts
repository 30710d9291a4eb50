// Ends alerts whose end nobody would tell otherwise: those of a session that died, and our own when we stop.
import { instantText } from '../contract/instant.ts';
import type { PayloadOf } from '../contract/topics.ts';
import type { KeptStates } from './kept-states.ts';
import type { Clock } from './ports.ts';

type Alert = PayloadOf<'alert'>;

export type AlertEndingsPorts = Readonly<{ clock: Clock; kept: KeptStates; publish(alert: Alert): void }>;

/** More alerts of the dead than there are words for them are no alerts of ours. */
const MAX_ORPHANS = 50;

export class AlertEndings {
  readonly #session: string;
  readonly #ports: AlertEndingsPorts;
  #orphans = 0;

  constructor(session: string, ports: AlertEndingsPorts) {
    this.#session = session;
    this.#ports = ports;
  }

  /** An alert of another session, which may not live to see its end; it is told when we speak, and then that session is gone. */
  heard(topic: string, alert: Alert): void {
    const isOurs = alert.session === this.#session || this.#ports.kept.has(topic);
    if (!alert.on || isOurs || this.#orphans >= MAX_ORPHANS) return;
    this.#orphans += 1;
    this.#end({ ...alert, session: this.#session });
  }

  /** What is wrong is not known any more to those who look at a stopped daemon. */
  endOurs(): void {
    for (const alert of this.#ports.kept.alerts()) this.#end(alert);
  }

  #end(alert: Alert): void {
    const at = instantText(this.#ports.clock.wallNow());
    this.#ports.publish({ ...alert, at, on: false, until: at });
  }
}
