import { z } from 'zod'
import { systemClock } from '../clock.ts'
import type { Language } from '../delivery/code-message.ts'
import type { MessageSender } from '../delivery/message-sender.ts'
import type { MailingReport } from '../mailing/mailing-report.ts'
import type { MailingDeps, MailingInput } from '../mailing/prepare-mailing.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { FileCommand, type FileFlags } from './file-command.ts'
import { pauseOfRate, templateText } from './mailing-flags.ts'
import { reportLines } from './mailing-lines.ts'
import { printable } from './output.ts'
import { startProgress } from './progress.ts'
import { untilStopped } from './until-stopped.ts'

const count = z.int().nonnegative()

export const standingOutput = z.strictObject({
  mailing: z.string(),
  channel: z.enum(['email', 'sms']),
  kind: z.enum(['tokens', 'reminder']),
  startedAt: z.string(),
  states: z.strictObject({
    ...{ queued: count, sending: count, sent: count, deferred: count },
    ...{ failed: count, bounced: count, skipped: count, unknown: count },
  }),
  reasons: z.array(z.strictObject({ state: z.string(), reason: z.string(), count })),
  nextTryAt: z.string().nullable(),
})

export const mailingOutput = z.union([
  z.strictObject({
    ...standingOutput.shape,
    election: z.string(),
    recipients: count,
    due: count,
    leftOut: z.array(z.strictObject({ reason: z.string(), count, firstLine: count })),
    ending: z.enum(['done', 'over', 'taken', 'interrupted', 'halted', 'rehearsed']),
  }),
  z.strictObject({
    election: z.string(),
    preview: z.strictObject({ subject: z.string(), text: z.string() }),
  }),
  z.strictObject({ election: z.string(), tested: z.string() }),
])
export type MailingOutput = z.infer<typeof mailingOutput>

interface Wanted extends FileFlags {
  readonly tokens: string | undefined
  readonly template: string | undefined
  readonly language: string
  readonly links: string | undefined
  readonly name: string | undefined
  readonly rate: string
  readonly preview: boolean
  readonly test: string | undefined
  readonly 'dry-run': boolean
  readonly 'no-wait': boolean
  readonly 'resend-unknown': boolean
  readonly 'retry-failed': boolean
}

/** A command that sends messages to voters. */
export abstract class MailingCommand extends FileCommand {
  /** Shows, tests, rehearses or sends, as the flags say. */
  protected async mail(
    flags: Wanted,
    what: {
      election: string | undefined
      channel: 'email' | 'sms'
      kind: 'tokens' | 'reminder'
      subject: string | undefined
      open: () => Promise<MessageSender>
    },
  ): Promise<MailingOutput> {
    const { channel, kind, election, subject } = what
    const language = flags.language as Language
    const by = channel === 'email' ? 'mail' : 'sms'
    const input = {
      ...{ election, channel, kind, subject, language, tokens: flags.tokens, links: flags.links },
      name: flags.name ?? kind,
      template: await templateText(this.config.root, flags.template, {
        kind: flags.tokens === undefined ? kind : 'tokens',
        by,
        language,
      }),
      ...{ pause: pauseOfRate(flags.rate), wait: !flags['no-wait'] },
      ...{ resendUnknown: flags['resend-unknown'], retryFailed: flags['retry-failed'] },
    }
    return this.withFile(flags, async (work) => {
      const [{ rehearseMailing }, { loadGroup }] = await Promise.all([
        import('../mailing/send-mailing.ts'),
        import('../sealing/group-sodium.ts'),
      ])
      const deps = { work, group: await loadGroup(), clock: systemClock }
      if (flags.preview) return this.#show(deps, input)
      if (flags['dry-run']) return this.#tell(await rehearseMailing(deps, input), `urna send ${by}`)
      const sender = await what.open()
      try {
        if (flags.test !== undefined) return await this.#test(deps, input, { sender, to: flags.test })
        return this.#tell(await this.#send(deps, input, sender), 'urna send status')
      } finally {
        await sender.close()
      }
    })
  }

  async #send(
    deps: { work: UnitOfWork } & MailingDeps,
    input: Parameters<typeof import('../mailing/send-mailing.ts').sendMailing>[1],
    sender: MessageSender,
  ): Promise<MailingReport> {
    const { sendMailing } = await import('../mailing/send-mailing.ts')
    const stopping = new AbortController()
    void untilStopped().then(() => stopping.abort())
    const progress = startProgress('Sending', 0)
    try {
      return await sendMailing({ ...deps, sender, signal: stopping.signal, progress: progress.update }, input)
    } finally {
      progress.stop()
    }
  }

  async #show(deps: MailingDeps, input: MailingInput): Promise<MailingOutput> {
    const { sampleMessage } = await import('../mailing/sample-message.ts')
    const { election, subject, text } = await sampleMessage(deps, input, 'hidden')
    if (subject !== '') this.say(`Subject: ${printable(subject)}\n`)
    this.say(text.split('\n').map(printable).join('\n'))
    this.next(`urna send ${input.channel === 'email' ? 'mail' : 'sms'} ${election} --test ADDRESS`)
    return { election, preview: { subject, text } }
  }

  async #test(
    deps: MailingDeps,
    input: MailingInput,
    { sender, to }: { sender: MessageSender; to: string },
  ): Promise<MailingOutput> {
    const { sampleMessage } = await import('../mailing/sample-message.ts')
    const { election, subject, text } = await sampleMessage(deps, input, 'fake')
    await sender.send({ to, subject, text })
    this.say(`A sample went to ${printable(to)}; nobody can vote with its token.`)
    this.next(`urna send ${input.channel === 'email' ? 'mail' : 'sms'} ${election}`)
    return { election, tested: to }
  }

  #tell(report: MailingReport, next: string): MailingReport {
    for (const line of reportLines(report)) this.say(line)
    this.next(`${next} ${report.election}`)
    return report
  }
}
