import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Selections } from '../../src/ballot/selections.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { type ContestDraft, option } from '../../src/election/contest-draft.ts'
import { createElection } from '../../src/election/create-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { type Rights, usualRights } from '../../src/election/rights.ts'
import { parseElection } from '../../src/sealing/election.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'
import type { Contribution } from '../../src/tally/contribution.ts'
import { generateTrustee } from '../../src/tally/generate-trustee.ts'
import { readPrivateKeyFile, readPublicKeyFile } from '../../src/tally/key-file.ts'
import { makeContribution, signContribution } from '../../src/tally/make-contribution.ts'
import { readTrusteeFiles, receiveFile } from '../../src/tally/receive-files.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { addTrustee } from '../../src/tally/trustees.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { temporaryUrna } from '../support/urna.ts'
import { formOf, group, ingestAll, type Opened, sealVote, tokensIn } from '../voting/fixtures.ts'

export { group }

export const chair: ContestDraft = contestOf('Chair', 'plurality', ['Ada', 'Bo', 'Cy'])
export const committee: ContestDraft = { ...contestOf('Committee', 'irv', ['Di', 'Eli', 'Flo']) }

export function contestOf(
  title: string,
  method: string,
  options: readonly string[],
  more: Partial<ContestDraft> = {},
): ContestDraft {
  return {
    title,
    description: '',
    method,
    rules: {},
    seats: 1,
    min: undefined,
    max: undefined,
    blank: true,
    blankName: null,
    grades: null,
    writeIn: false,
    randomOrder: false,
    options: options.map(option),
    ...more,
  }
}

export const blank: Selections = { kind: 'blank' }

export function choice(...options: number[]): Selections {
  return { kind: 'options', options }
}

export function ranking(...options: number[]): Selections {
  return { kind: 'ranking', ranks: options.map((each) => [each]) }
}

export interface Plan {
  contests: readonly ContestDraft[]
  rehearsal?: boolean
  rights?: Partial<Rights>
  /** Names of the trustees beside the file's own. */
  trustees?: readonly string[]
  /** Of each voter, as decimals; three voters of weight 1 where it is left out. */
  weightsMicros?: readonly number[]
  /** By voter, from 0, what each votes in each contest; in the order of casting. */
  votes: readonly (readonly [voter: number, selections: readonly Selections[]])[]
}

export interface SmallElection extends Opened {
  /** Where the trustees keep their keys, by name. */
  keys: ReadonlyMap<string, string>
  uuid: string
}

/** An election whose box is closed, from an empty file. */
export async function closedElection(plan: Plan): Promise<SmallElection> {
  const election = await votedElection(plan)
  await closeElection({ work: election.work, group }, election.slug)
  return election
}

/** An election that is still open, with its ballots. */
export async function votedElection(plan: Plan): Promise<SmallElection> {
  const urna = await temporaryUrna()
  const { work, folder } = urna
  await addVoters(work, plan.weightsMicros ?? [1_000_000, 1_000_000, 1_000_000])
  const draft = await createElection(
    { work, group },
    {
      title: 'Northern Chapter 2026',
      description: 'Held for a test.',
      slug: 'chapter',
      zone: 'Europe/Madrid',
      opensAt: null,
      closesAt: null,
      recast: 'last-counts',
      code: 'none',
      visibility: 'secret',
      allowInvalid: false,
      liveVoting: false,
      eligibility: {},
      contests: plan.contests,
      rehearsal: plan.rehearsal === true,
      rights: { ...usualRights, ...plan.rights },
    },
  )
  const keys = new Map<string, string>()
  for (const name of plan.trustees ?? []) {
    const home = join(folder, name)
    mkdirSync(home)
    const made = await generateTrustee(group, { name, folder: home })
    keys.set(name, made.privateFile)
    const file = await readPublicKeyFile(group, made.publicFile)
    await addTrustee({ work, group }, { slug: draft.slug, file })
  }
  const out = join(folder, 'tokens.csv')
  await issueTokens({ work, group }, { election: draft.slug, out, reserve: 0, expires: undefined })
  await openElection({ work, group }, draft.slug)
  const { sealed_json } = await work.read((tx) => findElection(tx, draft.slug))
  const form = formOf(sealed_json ?? '')
  const election = { ...urna, slug: draft.slug, uuid: draft.uuid, form, tokens: tokensIn(out), keys }
  const ballots = plan.votes.map(([voter, selections]) =>
    sealVote(election, String(1000 + voter), selections),
  )
  const ingested = await ingestAll(work, ballots, { election: draft.slug })
  const refused = ingested.find(({ outcome }) => outcome === 'refused')
  if (refused !== undefined) throw new Error(JSON.stringify(refused))
  return election
}

async function addVoters(work: UnitOfWork, weights: readonly number[]): Promise<void> {
  await work.write('test', async (tx) => {
    const values = weights.map((weight_micros, index) => ({
      organisation_id: 1,
      number: String(1000 + index),
      name: `Voter Number ${index}`,
      region: index % 2 === 0 ? 'North' : 'South',
      weight_micros,
      custom: '{}',
      created_at: tx.now,
      updated_at: tx.now,
    }))
    await tx.db.insertInto('member').values(values).execute()
  })
}

let archives = 0

/** The public archive as it stands, in a file. */
export async function exportedArchive({ work, slug, folder }: SmallElection): Promise<string> {
  const chunks: Uint8Array[] = []
  await work.read(async (tx) => {
    await writeArchive(tx, await findElection(tx, slug), (bytes) => {
      chunks.push(bytes)
    })
  })
  const path = join(folder, `archive-${++archives}.bel`)
  writeFileSync(path, Buffer.concat(chunks))
  return path
}

/** What a trustee makes from the archive as it stands. @returns the file */
export async function contributionOf(
  election: SmallElection,
  name: string,
  kind: 'shuffle' | 'decryption',
): Promise<string> {
  const archive = await exportedArchive(election)
  const out = join(election.folder, `${name}-${kind}-${archives}.json`)
  const keyFile = election.keys.get(name) ?? ''
  const request = { archive, keyFile, out }
  if (kind === 'shuffle') await makeContribution(group, { kind, ...request })
  else await makeContribution(group, { kind, ...request, ownShuffle: sentShuffle(election, name) })
  return out
}

/** The first shuffle that a trustee made: the one that is received. */
export function sentShuffle({ folder }: SmallElection, name: string): string {
  const pattern = new RegExp(`^${name}-shuffle-(\\d+)\\.json$`)
  const numbers = readdirSync(folder).flatMap((file) => pattern.exec(file)?.[1] ?? [])
  return join(folder, `${name}-shuffle-${Math.min(...numbers.map(Number))}.json`)
}

export async function receive(election: SmallElection, file: string) {
  const [read] = await readTrusteeFiles([file])
  return receiveFile({ work: election.work, group }, { slug: election.slug, ...read! })
}

export async function tally(election: SmallElection, seed?: string) {
  return runTally({ work: election.work, group }, { slug: election.slug, seed })
}

/** Everything from the close to the count. */
export async function talliedElection(plan: Plan, seed?: string): Promise<SmallElection> {
  const election = await closedElection(plan)
  for (const kind of ['shuffle', 'decryption'] as const) {
    const shuffled = plan.contests.some(({ method }) => ['irv', 'schulze', 'stv-scottish'].includes(method))
    if (kind === 'shuffle' && !shuffled) continue
    for (const name of plan.trustees ?? []) {
      await tally(election).catch(() => {})
      await receive(election, await contributionOf(election, name, kind))
    }
  }
  await tally(election, seed)
  return election
}

/** As `tampered`, by the trustee, who signs it all the same. */
export async function lied(
  election: SmallElection,
  name: string,
  file: string,
  change: (contribution: Record<string, unknown>) => void,
): Promise<string> {
  const { secret } = await readPrivateKeyFile(group, election.keys.get(name) ?? '')
  return tampered(file, (contribution) => {
    change(contribution)
    const unsigned = contribution as Omit<Contribution, 'signature'>
    const sealed = parseElection(group, election.form.json)
    if ('refused' in sealed) throw new Error(sealed.refused.code)
    contribution.signature = signContribution(group, { election: sealed }, { secret, unsigned })
  })
}

/** Changes a contribution file, as somebody would who lies. */
export function tampered(file: string, change: (contribution: Record<string, unknown>) => void): string {
  const contribution = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  change(contribution)
  const lie = `${file}.lie`
  writeFileSync(lie, JSON.stringify(contribution))
  return lie
}
