import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { SplitChoice } from '../../src/ballot/clear-choice.ts'
import type { Selections } from '../../src/ballot/selections.ts'
import { createElection } from '../../src/election/create-election.ts'
import { type Election, findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { type Rights, usualRights } from '../../src/election/rights.ts'
import { correctRoll } from '../../src/register/correct-roll.ts'
import { credentialSecret } from '../../src/sealing/credential.ts'
import type { Group } from '../../src/sealing/group.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { findBallotBox } from '../../src/voting/ballot-box.ts'
import { type BallotForm, readBallotForm } from '../../src/voting/ballot-form.ts'
import { type IngestedBallot, ingestBallots, type OfferedBallot } from '../../src/voting/ingest.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { type BallotVerifier, verifyInProcess } from '../../src/voting/verify-ballots.ts'
import { contestDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

export const group: Group = await loadGroup()

export interface Draft extends TemporaryUrna {
  slug: string
}

export interface Opened extends Draft {
  form: BallotForm
  /** By the number of the voter, or the label of the reserve token. */
  tokens: ReadonlyMap<string, string>
}

interface DraftOptions {
  voters?: number
  recast?: Election['recast']
  /** A ballot with "Committee" alone is verified in a fraction of the time. */
  contests?: 'both' | 'committee' | 'unsealable'
  /** Announced moments, ISO 8601 in UTC. */
  opensAt?: string
  closesAt?: string
  code?: Election['code']
  visibility?: Election['visibility']
  allowInvalid?: boolean
  liveVoting?: boolean
  rights?: Partial<Rights>
  /** Of the voters, in votes; one each where there are none. */
  weights?: readonly number[]
}

/**
 * A draft with the contests "Chair" (choose one of Ada, Bo and Cy, or blank) and "Committee" (rank Di, Eli and Flo); or,
 * `unsealable`, with two seats each and by methods that need every ballot, or their order.
 */
export async function draftElection(options: DraftOptions = {}): Promise<Draft> {
  const urna = await temporaryUrna()
  await addMembers(urna.work, options.voters ?? 3, 1, options.weights)
  const chair = contestDraft({ names: ['Ada', 'Bo', 'Cy'] })
  const committee = contestDraft({ title: 'Committee', method: 'irv', names: ['Di', 'Eli', 'Flo'] })
  const unsealable = [
    { ...chair, method: 'pav', seats: 2 },
    { ...committee, method: 'stv-cambridge', seats: 2 },
  ]
  const contests = { both: [chair, committee], committee: [committee], unsealable }
  const election = await createElection(
    { work: urna.work, group },
    {
      title: 'Northern Chapter 2026',
      description: '',
      slug: 'chapter',
      zone: 'Europe/Madrid',
      opensAt: options.opensAt ?? null,
      closesAt: options.closesAt ?? null,
      recast: options.recast ?? 'last-counts',
      code: options.code ?? 'none',
      visibility: options.visibility ?? 'secret',
      allowInvalid: options.allowInvalid ?? false,
      liveVoting: options.liveVoting ?? false,
      rights: { ...usualRights, ...options.rights },
      eligibility: {},
      contests: contests[options.contests ?? 'both'],
    },
  )
  return { ...urna, slug: election.slug }
}

export async function addMembers(
  work: UnitOfWork,
  count: number,
  first = 1,
  weights: readonly number[] = [],
): Promise<void> {
  await work.write('test', async (tx) => {
    for (let index = first; index < first + count; index++) {
      await tx.db
        .insertInto('member')
        .values({
          organisation_id: 1,
          number: String(1000 + index),
          name: `Voter Number ${index}`,
          email: `voter${index}@example.org`,
          phone: index % 2 === 0 ? `+34 600 000 ${100 + index}` : null,
          weight_micros: Math.round((weights[index - first] ?? 1) * 1_000_000),
          custom: '{}',
          created_at: tx.now,
          updated_at: tx.now,
        })
        .execute()
    }
  })
}

export async function openedElection(
  options: DraftOptions & { reserve?: number; expires?: string } = {},
): Promise<Opened> {
  const draft = await draftElection(options)
  const out = join(draft.folder, 'tokens.csv')
  await issueTokens(
    { work: draft.work, group },
    { election: draft.slug, out, reserve: options.reserve ?? 0, expires: options.expires },
  )
  await openElection({ work: draft.work, group }, draft.slug)
  const { sealed_json } = await draft.work.read((tx) => findElection(tx, draft.slug))
  return { ...draft, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
}

export function formOf(json: string): BallotForm {
  const form = readBallotForm(group, json)
  if ('refused' in form) throw new Error(form.refused)
  return form
}

/** Another election of the same voters in the same file: "Small", with the contest "Committee" alone. */
export async function openAnother(opened: Opened): Promise<Opened> {
  const { work, folder } = opened
  const committee = contestDraft({ title: 'Committee', method: 'irv', names: ['Di', 'Eli', 'Flo'] })
  const { slug } = await createElection(
    { work, group },
    {
      ...{
        title: 'Small',
        description: '',
        slug: 'small',
        zone: 'Europe/Madrid',
        opensAt: null,
        closesAt: null,
      },
      ...{
        recast: 'last-counts',
        code: 'none',
        visibility: 'secret',
        allowInvalid: false,
        liveVoting: false,
      },
      ...{ eligibility: {}, contests: [committee] },
    },
  )
  const out = join(folder, 'small.csv')
  await issueTokens({ work, group }, { election: slug, out, reserve: 0, expires: undefined })
  await openElection({ work, group }, slug)
  const { sealed_json } = await work.read((tx) => findElection(tx, slug))
  return { ...opened, slug, form: formOf(sealed_json ?? ''), tokens: tokensIn(out) }
}

/** By the number of the voter, `1002 for 1001` where one casts the vote of another, or the label of the reserve token. */
export function tokensIn(path: string): Map<string, string> {
  const lines: { number: string; token: string; 'proxy for'?: string }[] = parse(readFileSync(path), {
    bom: true,
    columns: true,
  })
  return new Map(
    lines.map(({ number, token, 'proxy for': whose = '' }) => [
      whose === '' ? number : `${number} for ${whose.split(' ')[0]}`,
      token,
    ]),
  )
}

const blank: Selections = { kind: 'blank' }

/** The text of a ballot, sealed or not as the election has it. Without choices it is blank. */
export function sealVote(
  { form, tokens }: Pick<Opened, 'form' | 'tokens'>,
  number: string,
  selections: readonly (Selections | SplitChoice)[] = [blank, blank],
): string {
  const token = tokens.get(number)
  if (token === undefined) throw new Error(`${number} has no token`)
  const secret = credentialSecret(group, { uuid: form.uuid, token })
  return form.make({ secret, selections }).json
}

/** What became of each, in order. Ballots are called 1.json, 2.json … */
export async function ingestAll(
  work: UnitOfWork,
  ballots: readonly (string | OfferedBallot)[],
  options: { election?: string; verify?: BallotVerifier } = {},
): Promise<IngestedBallot[]> {
  const offered = ballots.map((ballot, index) =>
    typeof ballot === 'string' ? { name: `${index + 1}.json`, json: ballot } : ballot,
  )
  const ingested: IngestedBallot[] = []
  const deps = { work, group, verify: options.verify ?? verifyInProcess }
  const box = await findBallotBox(deps, options.election)
  for await (const batch of ingestBallots(deps, box, offered)) ingested.push(...batch)
  return ingested
}

/** Adds a member who joined since the opening to the roll, or strikes a voter from it. */
export async function correct(work: UnitOfWork, kind: 'add' | 'strike', number: string): Promise<void> {
  await correctRoll(work, { election: undefined, kind, number, reason: 'a mistake in the register' })
}
