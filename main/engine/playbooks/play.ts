import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import type { EventDetail, EventKind } from '#shared/domain/playbooks/events.ts';
import { CLOCK_START, hear, readStamp, tick, writeStamp, type ClockState } from '#shared/sync-core/clock.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import type { MailSender } from '../mail/queue-mail.ts';
import { needState, type RunState } from './run-state.ts';

/** A run being worked on within one command. */
export type Play = {
  readonly draft: Draft;
  readonly actor: string;
  readonly asOf: string;
  readonly runId: string;
  /** The run as it stands within this command. */
  readonly state: () => RunState;
  /** Whose outbox mails of this run go into. */
  readonly sender: MailSender;
  /** Adds to the run's log. */
  readonly log: (kind: EventKind, activity?: string, detail?: EventDetail) => void;
};

/** What every work on runs of a command has in common. */
export type PlayWorld = {
  readonly draft: Draft;
  readonly actor: string;
  readonly asOf: string;
  readonly more: DerivedTables;
  readonly nowMs: number;
  readonly device: string;
};

/** The world of a command. */
export function playWorld({ host, settings, derivedFields }: EngineContext, draft: Draft, { actor }: Pick<Call, 'actor'>): PlayWorld {
  return { draft, actor, asOf: settings().asOf, more: derivedFields.all(), nowMs: Date.parse(host.now()), device: host.deviceId };
}

/** Opens a run for work. */
export function openPlay({ draft, actor, asOf, more, nowMs, device }: PlayWorld, runId: string): Play {
  const { view } = draft;
  let clock: ClockState = CLOCK_START;
  // later than everything this device knows of the run (ADR 0015)
  for (const { stamp } of view.by('playbookEvent', 'run', runId)) {
    const heard = readStamp(stamp);
    if (heard) clock = hear(clock, heard, 0);
  }
  return {
    draft,
    actor,
    asOf,
    runId,
    sender: { actor, device, now: new Date(nowMs).toISOString() },
    state: () => needState(runId, { view, asOf, more }),
    log: (kind, activity, detail) => {
      clock = tick(clock, nowMs);
      draft.create('playbookEvent', {
        run: runId,
        kind,
        stamp: writeStamp(clock, device.replaceAll('-', '').slice(0, 24)),
        ...(activity === undefined ? {} : { activity }),
        ...(detail === undefined ? {} : { detail }),
      });
    },
  };
}
