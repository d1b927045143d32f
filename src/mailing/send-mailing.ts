import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Language } from '../delivery/code-message.ts'
import type { Message, MessageSender } from '../delivery/message-sender.ts'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { areTokensRegistered } from '../voting/token-registration.ts'
import { linksTo, voteOrigin } from '../voting/vote-link.ts'
import { openLedger } from './ledger.ts'
import { type MailingReport, readReport } from './mailing-report.ts'
import { electionValues, fieldNames, voterValues } from './merge-fields.ts'
import { type MailTemplate, parseMail, parseTemplate } from './merge-template.ts'
import { pacer } from './pacer.ts'
import { type Due, type MailingPlan, planMailing } from './plan-mailing.ts'
import {
  type Channel,
  type Recipient,
  readAbstainers,
  readCustomFields,
  readRecipients,
} from './recipients.ts'
import { MailingHalted, TemplateInvalid, TokensKeptApart, VotingIsOver } from './refusals.ts'
import { newRun } from './run-lease.ts'
import { type Ending, sendMessages } from './send-messages.ts'
import { judgeTokens, readTokenLines, type TokenLines, type TokenList } from './token-list.ts'

/** What a mailing says and to whom. */
export interface MailingInput {
  readonly election: string | undefined
  readonly channel: Channel
  readonly kind: 'tokens' | 'reminder'
  /** By which it is known when the command is typed again. */
  readonly name: string
  /** The file of tokens; a reminder goes without. */
  readonly tokens: string | undefined
  readonly template: { readonly name: string; readonly text: string }
  readonly subject: string | undefined
  readonly language: Language
  /** The server of the ballot page, where the file of tokens has no links. */
  readonly links: string | undefined
  /** Whether the token stands beside the text, so that the text needs no place for it. */
  readonly tokenBeside?: true
}

export interface MailingDeps {
  readonly work: UnitOfWork
  readonly group: Group
  readonly clock: Clock
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** What is made for one voter. */
export interface Composed {
  readonly subject: string
  readonly text: string
  readonly token: string
  readonly link: string | undefined
}

/** A mailing that is ready to go out. */
export interface PreparedMailing {
  readonly election: Election
  readonly recipients: readonly { recipient: Recipient; tokenId: number | null }[]
  readonly leftOut: TokenList['leftOut']
  /** @param token undefined for the one of the voter */
  compose(recipient: Recipient, token?: string): Composed
}

/**
 * Reads and judges everything that a mailing needs, and changes nothing.
 * @throws ElectionNotFound, ElectionPurged, WrongState, VotingIsOver, TokensKeptApart, TokenListInvalid, CsvUnreadable,
 *   LinkHostInvalid, TemplateInvalid
 */
export async function prepareMailing(deps: MailingDeps, input: MailingInput): Promise<PreparedMailing> {
  const { work } = deps
  const { channel, kind } = input
  const election = await work.read((tx) => mailableElection(tx, input))
  const lines =
    input.tokens === undefined
      ? undefined
      : await readTokenLines(deps.group, { path: input.tokens, uuid: election.uuid })
  const origin = input.links === undefined ? lines?.origin : voteOrigin(input.links)
  return work.read(async (tx) => {
    const list = lines === undefined ? undefined : await judgeTokens(tx, election, lines)
    const held = new Map(list?.held.map((each) => [each.voterId, each]))
    const abstainers = kind === 'reminder' ? new Set(await readAbstainers(tx, election)) : undefined
    const voterIds =
      list === undefined ? [...abstainers!] : [...held.keys()].filter((id) => abstainers?.has(id) ?? true)
    const recipients = await readRecipients(tx, election, { channel, voterIds })
    const known = fieldNames(await readCustomFields(tx, election), { tokens: lines !== undefined })
    const template = templateOf(input, known)
    requirePlaces(template, { input, lines, origin })
    const shared = electionValues(election, {
      organisation: await organisationNameOf(tx, election),
      language: input.language,
    })
    const link = linksTo(election, origin)
    return {
      election,
      leftOut: list?.leftOut ?? [],
      recipients: recipients.map((recipient) => ({
        recipient,
        tokenId: held.get(recipient.voterId)?.tokenId ?? null,
      })),
      compose: (recipient, shown) => {
        const token = shown ?? held.get(recipient.voterId)?.token ?? ''
        const values = { ...shared, ...voterValues(recipient), token, link: link?.(token) ?? '' }
        const subject = template.subject?.fill(values) ?? ''
        return { subject, text: template.body.fill(values), token, link: link?.(token) }
      },
    }
  })
}

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
    await endMailing(deps, { election, input, mailingId, run, ending })
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
  done: { election: Election; input: MailingInput; mailingId: number; run: string; ending: Ending },
): Promise<void> {
  const { election, input, mailingId, run, ending } = done
  await work.write('end a mailing', async (tx) => {
    await tx.db
      .updateTable('mailing')
      .set({ run: null, run_until: null })
      .where('id', '=', mailingId)
      .where('run', '=', run)
      .execute()
    const told = { leftOut: [], recipients: 0, before: 0, ending: ending.kind }
    const { states } = await readReport(tx, { election, mailingId, ...told })
    const details = { mailing: input.name, channel: input.channel, ending: ending.kind, states }
    await tx.record({ action: 'mailing-ended', election: election.slug, details })
  })
}

/** @throws WrongState, VotingIsOver, TokensKeptApart, ElectionPurged */
async function mailableElection(tx: ReadTransaction, input: MailingInput): Promise<Election> {
  const election = await findElection(tx, input.election)
  await requireVoters(tx, election, 'write to them')
  const deed = input.kind === 'reminder' ? 'remind its voters' : 'send its tokens'
  requireStatus(election, {
    deed,
    allowed: input.kind === 'reminder' ? ['open', 'paused'] : ['draft', 'open', 'paused'],
  })
  if (election.closes_at !== null && election.closes_at <= tx.now) {
    throw new VotingIsOver({ election: election.slug, closesAt: election.closes_at })
  }
  if (input.tokens !== undefined && (await areTokensRegistered(tx, await tokenFamily(tx, election)))) {
    throw new TokensKeptApart(election.slug)
  }
  return election
}

type Templates = Pick<MailTemplate, 'body'> & Partial<MailTemplate>

function templateOf({ channel, template, subject }: MailingInput, known: readonly string[]): Templates {
  const { name, text } = template
  if (channel === 'email') return parseMail(text, { name, known, subject })
  return { body: parseTemplate(text.replace(/^\ufeff/, '').trim(), { name, known }) }
}

/** @throws TemplateInvalid where a message would lack what it is sent for */
function requirePlaces(
  { subject, body }: Templates,
  {
    input,
    lines,
    origin,
  }: { input: MailingInput; lines: TokenLines | undefined; origin: string | undefined },
): void {
  const place = { template: input.template.name, line: 1, column: 1 }
  if (subject?.has('token') || subject?.has('link')) {
    throw new TemplateInvalid(
      place,
      'the subject has the token in it, and mail servers write subjects into their logs',
    )
  }
  if (lines === undefined) return
  if (!input.tokenBeside && !body.has('token') && !body.has('link')) {
    throw new TemplateInvalid(place, 'it has neither {token} nor {link}, so nobody could vote with it')
  }
  if (body.has('link') && origin === undefined) {
    throw new TemplateInvalid(
      place,
      'it has {link}, and the file of tokens has no links',
      'Say where the ballot page is with --links https://HOST.',
    )
  }
}
