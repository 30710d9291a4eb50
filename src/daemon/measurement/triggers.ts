// Holds what was decided of the triggers, decides anew whenever it is asked, and publishes: changes at once, all at every beat.
import type { HealthWord, SeenViewer } from '../../audience/audience-now.ts';
import { type TriggerEnvelope, triggerPayload } from '../../contract/trigger.ts';
import { type Decision, decide, noDecisions, type TargetingState } from '../../targeting/decide.ts';
import type { Targeting } from '../../targeting/rules.ts';
import type { Clock } from '../clock.ts';
import { localTimeOf } from '../zoned-time.ts';
import type { PublisherPort } from './ports.ts';

export type TriggersOptions = Readonly<{
  targeting: Omit<Targeting, 'staleAfterMs'>;
  timezone: string;
  session: string;
  ttlMs: number;
}>;

/** What is seen when it is asked. */
export type Sighting = Readonly<{
  health: HealthWord;
  /** When the newest observation was made, on the clock of the daemon; null before the first. */
  seenAt: number | null;
  /** Longest time that one frame speaks for. */
  maxIntervalMs: number;
  /** Null when the newest picture is in doubt. */
  present: readonly SeenViewer[] | null;
}>;

type Told = Readonly<{ on: boolean; since: number; seq: number }>;

/** A stream and our clock, when the newest of its frames came: between two frames its time passes as ours does. */
type Anchor = Readonly<{ streamAt: number; decidedAt: number; clockAt: number }>;

export class Triggers {
  readonly #options: TriggersOptions;
  readonly #clock: Clock;
  readonly #publisher: PublisherPort;
  readonly #localTime: ReturnType<typeof localTimeOf>;
  readonly #told = new Map<string, Told>();
  #state: TargetingState;
  #anchor: Anchor;
  /** Unix time at zero of the stream; null for a live one, whose time is ours. */
  #wallAtZero: number | null = null;
  #isNewStream = false;
  /** When the newest picture that could be counted was made. */
  #countedAt: number | null = null;

  constructor(options: TriggersOptions, ports: Readonly<{ clock: Clock; publisher: PublisherPort }>) {
    this.#options = options;
    this.#clock = ports.clock;
    this.#publisher = ports.publisher;
    this.#localTime = localTimeOf(options.timezone);
    this.#state = noDecisions({ ...options.targeting, staleAfterMs: 0 }, 0);
    this.#anchor = { streamAt: 0, decidedAt: 0, clockAt: ports.clock.preciseNow() };
  }

  /** The name of the trigger that is on; null for none. */
  get on(): string | null {
    return this.#state.on;
  }

  /** Another stream begins, whose clock may start anywhere. */
  opened(): void {
    this.#isNewStream = true;
  }

  /** An observation of the stream's clock was taken in; `wallAtZero` is null where that is the clock of this machine. */
  observed(sighting: Sighting, at: number, wallAtZero: number | null): void {
    const clockAt = this.#clock.preciseNow();
    const { streamAt, decidedAt } = this.#anchor;
    // A new stream goes on where the time of the last one has come to.
    const next = this.#isNewStream ? Math.round(this.#now()) : decidedAt + Math.max(0, at - streamAt);
    this.#anchor = { streamAt: at, decidedAt: next, clockAt };
    this.#isNewStream = false;
    this.#wallAtZero = wallAtZero;
    if (sighting.present !== null) this.#countedAt = sighting.seenAt;
    // The instant of the frame itself, so that a recording gives the same decisions each time.
    this.#decide(sighting, next, false);
  }

  /** Something else has changed: the camera is away, off, or at its end. */
  changed(sighting: Sighting): void {
    this.#decide(sighting, this.#now(), false);
  }

  /** Repeats all triggers, so that players know that they still hold; a picture that has grown old is noticed here. */
  beat(sighting: Sighting): void {
    this.#decide(sighting, this.#now(), true);
  }

  #decide(sighting: Sighting, at: number, isBeat: boolean): void {
    const { targeting, ttlMs } = this.#options;
    const { health, present, maxIntervalMs } = sighting;
    const facts = { health, present, ageMs: this.#age(this.#countedAt), time: this.#localTime(this.#wallNow()) };
    const limits = { ...targeting, staleAfterMs: staleAfterMs(ttlMs, maxIntervalMs) };
    const { state, decisions } = decide(this.#state, facts, limits, at);
    this.#state = state;
    for (const decision of decisions) {
      const told = this.#told.get(decision.trigger) ?? null;
      // Not by the instant of the change, which two changes may share: no decision is dated before another.
      if (isBeat || told?.on !== decision.on) this.#tell(decision, told, sighting.seenAt);
    }
  }

  #tell(decision: Decision, told: Told | null, seenAt: number | null): void {
    const { session, ttlMs } = this.#options;
    const { trigger, on } = decision;
    const wallAt = this.#clock.wallNow();
    const since = told?.on === on ? told.since : wallAt;
    const seq = (told?.seq ?? -1) + 1;
    this.#told.set(trigger, { on, since, seq });
    const envelope: TriggerEnvelope = { session, seq, wallAt, since, ttlMs, ageMs: this.#age(seenAt) };
    this.#publisher.publish('trigger', triggerPayload(decision, envelope));
  }

  #age(at: number | null): number | null {
    return at === null ? null : Math.max(0, Math.round(this.#clock.preciseNow() - at));
  }

  /** The clock of decisions: that of the observations, which never goes back. */
  #now(): number {
    return this.#anchor.decidedAt + this.#clock.preciseNow() - this.#anchor.clockAt;
  }

  #wallNow(): number {
    if (this.#wallAtZero === null) return this.#clock.wallNow();
    return this.#wallAtZero + this.#anchor.streamAt + this.#clock.preciseNow() - this.#anchor.clockAt;
  }
}

/** Half the time that players believe a state: they get word of an old picture while they still do. A slow camera has longer. */
function staleAfterMs(ttlMs: number, maxIntervalMs: number): number {
  return Math.min(ttlMs, Math.max(ttlMs / 2, maxIntervalMs));
}
