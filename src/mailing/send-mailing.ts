import { setTimeout } from 'node:timers/promises'
import type { Message, MessageSender } from '../delivery/message-sender.ts'
import type { Election } from '../election/find-election.ts'
import { openLedger } from './ledger.ts'
import { type MailingReport, readMailings, readReport } from './mailing-report.ts'
import { pacer } from './pacer.ts'
import { type Due, type MailingPlan, planMailing } from './plan-mailing.ts'
import {
  type MailingDeps,
  type MailingInput,
  type PreparedMailing,
  prepareMailing,
} from './prepare-mailing.ts'
import { MailingHalted } from './refusals.ts'
import { newRun } from './run-lease.ts'
import { type Ending, sendMessages } from './send-messages.ts'

/** Sends a mailing, or goes on with it. `signal` ends it after the messages that are on their way. */
export async function sendMailing(
  deps: MailingDeps & {
    sender: MessageSender
    signal: AbortSignal
    sleep?: (millis: number) => Promise<void>
  },
  input: MailingInput & {
    /** Milliseconds between two messages. */
    pause: number
    wait: boolean
    resendUnknown: boolean
    retryFailed: boolean
  },
): Promise<MailingReport> {
  const { work, sender, signal, clock, progress } = deps
  const prepared = await prepareMailing(deps, input)
  const { election, recipients, leftOut } = prepared
  const run = newRun()
  const plan = await writePlan(deps, input, { ...prepared, run })
  const sleep = deps.sleep ?? ((millis: number) => setTimeout(millis, undefined, { signal }).catch(() => {}))
  const { mailingId } = plan
  const ledger = openLedger(work, { election, mailingId, run })
  const compose = (due: Due): Message => {
    const { subject, text } = prepared.compose(due.recipient)
    return { to: due.recipient.address ?? '', key: due.key, subject, text }
  }
  let ending: Ending = { kind: 'interrupted' }
  try {
    const now = () => clock.now().getTime()
    const pace = pacer(input.pause)
    ending = await sendMessages(plan.due, {
      ...{ sender, ledger, sleep, signal, compose, progress, now },
      ...{ pacer: pace, wait: input.wait },
    })
  } finally {
    await endMailing(deps, { election, mailingId, run, ending })
  }
  const told = { leftOut, recipients: recipients.length, before: plan.due.length, ending: ending.kind }
  const report = await work.read((tx) => readReport(tx, { election, mailingId, ...told }))
  if (ending.kind === 'halted') {
    const { reason } = ending
    throw new MailingHalted({
      election: election.slug,
      mailing: input.name,
      reason,
      sent: report.states.sent,
    })
  }
  return report
}

/** What sending it would do. */
export async function rehearseMailing(
  deps: MailingDeps,
  input: MailingInput & { resendUnknown: boolean; retryFailed: boolean },
): Promise<MailingReport> {
  const prepared = await prepareMailing(deps, input)
  const { election, leftOut, recipients } = prepared
  return deps.work.write(
    'plan a mailing',
    async (tx) => {
      const order = { ...input, recipients, run: newRun() }
      const { mailingId, due } = await planMailing(tx, election, order)
      const told = {
        leftOut,
        recipients: recipients.length,
        before: due.length,
        ending: 'rehearsed' as const,
      }
      return readReport(tx, { election, mailingId, ...told })
    },
    'rehearse',
  )
}

async function writePlan(
  { work }: MailingDeps,
  input: MailingInput & { resendUnknown: boolean; retryFailed: boolean },
  { election, recipients, run }: PreparedMailing & { run: string },
): Promise<MailingPlan> {
  const { channel, kind, name, resendUnknown, retryFailed } = input
  return work.write('send a mailing', async (tx) => {
    const order = { channel, kind, name, resendUnknown, retryFailed, recipients, run }
    const plan = await planMailing(tx, election, order)
    // How many, and never who: whom a reminder goes to has not voted.
    const details = { mailing: name, channel, kind, due: plan.due.length, skipped: plan.skipped }
    await tx.record({ action: 'mailing-started', election: election.slug, details })
    return plan
  })
}

async function endMailing(
  { work }: MailingDeps,
  done: { election: Election; mailingId: number; run: string; ending: Ending },
): Promise<void> {
  const { election, mailingId, run, ending } = done
  await work.write('end a mailing', async (tx) => {
    await tx.db
      .updateTable('mailing')
      .set({ run: null, run_until: null })
      .where('id', '=', mailingId)
      .where('run', '=', run)
      .execute()
    const [standing] = await readMailings(tx, election, mailingId)
    const { mailing, channel, states } = standing!
    const details = { mailing, channel, ending: ending.kind, states }
    await tx.record({ action: 'mailing-ended', election: election.slug, details })
  })
}
