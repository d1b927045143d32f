import { type Election, findElection } from '../../election/find-election.ts'
import {
  ceremonyRounds,
  ceremonyState,
  type GroupMember,
  readTrusteeGroup,
  type TrusteeGroup,
} from '../../election/trustee-group.ts'
import { readTrustees } from '../../election/trustees.ts'
import { parseCanonical } from '../../sealing/canonical-json.ts'
import { elementFromHex } from '../../sealing/encoding.ts'
import type { Group } from '../../sealing/group.ts'
import { rehearsalFormat, verifyRehearsal } from '../../sealing/rehearsal.ts'
import {
  findWrongThresholdPart,
  thresholdParameters,
  thresholdParametersFormat,
} from '../../sealing/threshold.ts'
import { trusteePublicKeyFormat } from '../../sealing/trustee-key.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { ContributionInvalid, TrusteeOutOfTurn } from '../refusals.ts'
import { answerFault } from './answer-fault.ts'
import { requireDraftForTrustees } from './declare-group.ts'
import { answerNames, type CeremonyAnswer, type RehearsalAnswer } from './messages.ts'
import { storedCertificates, storedOutputs, storedPolynomials } from './stored-messages.ts'

export interface ReceivedAnswer {
  file: string
  election: string
  kind: CeremonyAnswer['asked'] | 'rehearsal'
  trustee: { position: number | null; name: string }
  /** False if the very same was received before. */
  changed: boolean
  /** Who has not answered in this round yet, by name. */
  awaited: string[]
}

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

interface Received<Answer> {
  readonly slug: string | undefined
  readonly file: string
  readonly answer: Answer
}

/**
 * Checks what a trustee sent in the key ceremony and keeps it; with the last of the last round, the group has its key.
 *
 * @throws ContributionInvalid naming the trustee, TrusteeOutOfTurn, WrongState
 */
export async function receiveCeremonyAnswer(
  { work, group }: Deps,
  { slug, file, answer }: Received<CeremonyAnswer>,
): Promise<ReceivedAnswer> {
  return work.write('receive from a trustee in the key ceremony', async (tx) => {
    const election = await electionOf(tx, { slug, file, uuid: answer.election })
    requireDraftForTrustees(election, 'take part in its key ceremony')
    const { declared, member } = await memberOf(tx, { election, file, answer })
    const { asked, payload } = answer
    const told = {
      file,
      election: election.slug,
      kind: asked,
      trustee: { position: null, name: member.name },
    }
    if (member[asked] === payload) {
      return { ...told, changed: false, awaited: awaitedFor(declared, asked) }
    }
    requireTurn(declared, member, answer)
    const reason = answerFault(group, declared, answer)
    if (reason !== undefined) {
      throw new ContributionInvalid({
        ...{ file, trustee: member.name, reason },
        hint: `Nothing was changed. Ask ${member.name} to send it again; if it stays wrong, hold the ceremony without them: urna trustee remove "${member.name}" ${election.slug} --restart`,
      })
    }
    await tx.db
      .updateTable('group_member')
      .set({ [asked]: payload })
      .where('election_id', '=', election.id)
      .where('place', '=', member.place)
      .execute()
    await tx.record({
      action: 'ceremony-answer-received',
      election: election.slug,
      details: { ceremony: declared.ceremony, answer: asked, place: member.place, name: member.name },
    })
    const after = withAnswer(declared, answer)
    const isLast = after.members.every(({ public_key }) => public_key !== null)
    if (isLast) await finish(tx, group, { election, declared: after })
    return { ...told, changed: true, awaited: awaitedFor(after, asked) }
  })
}

/** Checks that a trustee's key decrypts. @throws ContributionInvalid, WrongState */
export async function receiveRehearsal(
  { work, group }: Deps,
  { slug, file, answer }: Received<RehearsalAnswer>,
): Promise<ReceivedAnswer> {
  return work.write('receive a rehearsal of a trustee', async (tx) => {
    const election = await electionOf(tx, { slug, file, uuid: answer.election })
    requireDraftForTrustees(election, 'rehearse its opening')
    const trustees = await readTrustees(tx, election.id)
    const publicKey = elementFromHex(group, answer.publicKey)
    const trustee = trustees.find(
      ({ public_key }) => (JSON.parse(public_key) as { public_key: string }).public_key === answer.publicKey,
    )
    if (trustee === undefined || publicKey === undefined) {
      throw new ContributionInvalid({ file, trustee: answer.name, reason: 'no trustee has its key' })
    }
    const rehearsal = parseCanonical(rehearsalFormat(group), answer.payload)
    if (!rehearsal.ok || !verifyRehearsal(group, { uuid: election.uuid, publicKey }, rehearsal.value)) {
      throw new ContributionInvalid({
        ...{
          file,
          trustee: trustee.name,
          reason: 'it does not prove that the test was decrypted with their key',
        },
      })
    }
    const changed = trustee.rehearsed_at === null
    if (changed) {
      await tx.db.updateTable('trustee').set({ rehearsed_at: tx.now }).where('id', '=', trustee.id).execute()
      await tx.record({
        action: 'trustee-rehearsed',
        election: election.slug,
        details: { position: trustee.position, name: trustee.name },
      })
    }
    const awaited = trustees
      .filter(({ kind, rehearsed_at, id }) => kind === 'person' && rehearsed_at === null && id !== trustee.id)
      .map(({ name }) => name)
    const { position, name } = trustee
    return { file, election: election.slug, kind: 'rehearsal', trustee: { position, name }, changed, awaited }
  })
}

async function electionOf(
  tx: WriteTransaction,
  { slug, file, uuid }: { slug: string | undefined; file: string; uuid: string },
): Promise<Election> {
  const election =
    slug === undefined
      ? await tx.db.selectFrom('election').selectAll().where('uuid', '=', uuid).executeTakeFirst()
      : await findElection(tx, slug)
  if (election?.uuid !== uuid) throw new ContributionInvalid({ file, reason: 'it is of another election' })
  return election
}

async function memberOf(
  tx: WriteTransaction,
  { election, file, answer }: { election: Election; file: string; answer: CeremonyAnswer },
): Promise<{ declared: TrusteeGroup; member: GroupMember }> {
  const declared = await readTrusteeGroup(tx, election.id)
  if (declared?.ceremony !== answer.ceremony) {
    throw new ContributionInvalid({
      ...{ file, trustee: answer.name, reason: 'it is of a ceremony that is not held any more' },
      hint: `Send the trustee the file of the present one: urna trustee message ${election.slug}`,
    })
  }
  const member = declared.members.find(({ place }) => place === answer.place)
  if (member?.name !== answer.name) {
    throw new ContributionInvalid({
      ...{
        file,
        trustee: answer.name,
        reason: `${answer.name} is not in place ${answer.place} of the group`,
      },
    })
  }
  return { declared, member }
}

function requireTurn(declared: TrusteeGroup, member: GroupMember, { asked }: CeremonyAnswer): void {
  const what = answerNames[asked]
  const { name } = member
  if (member[asked] !== null) {
    throw new TrusteeOutOfTurn(`Another ${what} of ${name} was received before, and stands.`, { name, asked })
  }
  const state = ceremonyState(declared)
  if (state === undefined || ceremonyRounds.indexOf(asked) + 1 > state.round) {
    const awaited = state?.awaited ?? []
    throw new TrusteeOutOfTurn(
      `The ${what} of ${name} comes too early: the ${answerNames[state?.asks ?? asked]} of ${awaited.join(', ')} is still missing.`,
      { name, asked, awaited },
    )
  }
}

function awaitedFor({ members }: TrusteeGroup, asked: CeremonyAnswer['asked']): string[] {
  return members.filter((member) => member[asked] === null).map(({ name }) => name)
}

function withAnswer(declared: TrusteeGroup, { asked, place, payload }: CeremonyAnswer): TrusteeGroup {
  const members = declared.members.map((each) =>
    each.place === place ? { ...each, [asked]: payload } : each,
  )
  return { ...declared, members }
}

async function finish(
  tx: WriteTransaction,
  group: Group,
  { election, declared }: { election: Election; declared: TrusteeGroup },
): Promise<void> {
  const parameters = thresholdParameters({
    certs: storedCertificates(group, declared),
    polynomials: storedPolynomials(group, declared),
    outputs: storedOutputs(group, declared),
  })
  const wrong = findWrongThresholdPart(group, parameters)
  if (wrong !== undefined) throw new Error(`every message of the ceremony was right, and ${wrong} is not`)
  await tx.db
    .updateTable('trustee_group')
    .set({ parameters: thresholdParametersFormat(group).write(parameters) })
    .where('election_id', '=', election.id)
    .execute()
  const present = await readTrustees(tx, election.id)
  const before = present.at(-1)?.position ?? 0
  const format = trusteePublicKeyFormat(group)
  const rows = declared.members.map(({ name, place }) => ({
    ...{ election_id: election.id, position: before + place, name, kind: 'person' as const, place },
    public_key: format.write(parameters.verification_keys[place - 1]!),
    ...{ secret: null, rehearsed_at: null, created_at: tx.now },
  }))
  await tx.db.insertInto('trustee').values(rows).execute()
  await tx.record({
    action: 'ceremony-finished',
    election: election.slug,
    details: { ceremony: declared.ceremony, threshold: declared.threshold },
  })
}
