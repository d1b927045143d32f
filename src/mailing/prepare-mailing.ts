import type { Clock } from '../clock.ts'
import type { Language } from '../delivery/code-message.ts'
import { type Election, findElection, requireStatus } from '../election/find-election.ts'
import { requireVoters } from '../election/purged.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { tokenFamily } from '../voting/token-family.ts'
import { areTokensRegistered } from '../voting/token-registration.ts'
import { linksTo, voteOrigin } from '../voting/vote-link.ts'
import { electionValues, fieldNames, steadLine, voterValues } from './merge-fields.ts'
import { type MailTemplate, parseMail, parseTemplate } from './merge-template.ts'
import { type Channel, type Recipient, readCustomFields, readRecipients } from './recipients.ts'
import { TemplateInvalid, TokensKeptApart, VotingIsOver } from './refusals.ts'
import { readUnused, rightKey, type UnusedRight } from './rights.ts'
import { type HeldToken, judgeTokens, readTokenLines, type TokenLines, type TokenList } from './token-list.ts'

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
    const held = new Map(list?.held.map((each) => [rightKey(each), each]))
    const unused = kind === 'reminder' ? await readUnused(tx, election) : undefined
    const rights = chosenRights(list?.held, unused)
    const recipients = await readRecipients(tx, election, { channel, rights: [...rights.values()] })
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
        tokenId: rights.get(rightKey(recipient))?.tokenId ?? null,
      })),
      compose: (recipient, shown) => {
        const token = shown ?? held.get(rightKey(recipient))?.token ?? ''
        const values = { ...shared, ...voterValues(recipient), token, link: link?.(token) ?? '' }
        const subject = template.subject?.fill(values) ?? ''
        const text = `${steadLine(recipient, input.language)}${template.body.fill(values)}`
        return { subject, text, token, link: link?.(token) }
      },
    }
  })
}

/** Those of a file of tokens and those that were not used, as far as it has both. By `rightKey`. */
function chosenRights(
  held: readonly HeldToken[] | undefined,
  unused: readonly UnusedRight[] | undefined,
): ReadonlyMap<string, UnusedRight> {
  const wanted = new Set(unused?.map(rightKey))
  const chosen = held?.filter((each) => unused === undefined || wanted.has(rightKey(each)))
  return new Map((chosen ?? unused ?? []).map((each) => [rightKey(each), each]))
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
