import { organisationNameOf } from '../organisation/find-organisation.ts'
import { refreshRoll, rollFingerprint } from '../register/roll.ts'
import { setupRecords } from '../sealing/board.ts'
import { serializePublicCredentials } from '../sealing/credential.ts'
import { elementFromHex, elementToHex } from '../sealing/encoding.ts'
import type { Group } from '../sealing/group.ts'
import { electionPublicKey, serializeTrustees } from '../sealing/trustee.ts'
import type { UnitOfWork, WriteTransaction } from '../store/unit-of-work.ts'
import { appendBoardRecords } from '../voting/board-records.ts'
import type { ListedCredential } from '../voting/credentials.ts'
import { clearText } from './clear-text.ts'
import type { Contest } from './contests.ts'
import { type Election, findElection } from './find-election.ts'
import { fingerprintOf } from './fingerprint.ts'
import { gatherOpeningFacts } from './opening-facts.ts'
import { blocking, examine, type Finding } from './readiness.ts'
import { ElectionNotReady } from './refusals.ts'
import { deedsOfTwo } from './require-approval.ts'
import { rightsOf } from './rights.ts'
import { overSince, scheduledAt } from './schedule.ts'
import { sealElection, sealedContestOf } from './sealed-election.ts'
import { mayTake, takeStep } from './take-step.ts'
import { TimeOver } from './time-refusals.ts'
import { readTrusteeGroup } from './trustee-group.ts'
import { protocolTrustees, readTrustees } from './trustees.ts'
import { weightUnit } from './weight-unit.ts'

export interface OpenedElection {
  slug: string
  /** `opened` for the first time, `reopened` after a pause, or open `already`. */
  how: 'opened' | 'reopened' | 'already'
  /** The public election, byte for byte. */
  sealedJson: string
  /** Of the public election, in unpadded Base64: what voters and trustees compare. */
  fingerprint: string
  /** What was good to know and did not keep it from opening. */
  warnings: Finding[]
}

/**
 * Opens a draft: freezes the roll, the contests and the trustees, and publishes them with the credentials as
 * the first records of the board. Goes on with a paused election.
 * @throws WrongState, ElectionNotReady
 */
export async function openElection(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<OpenedElection> {
  return work.write('open election', async (tx) => {
    const election = await findElection(tx, slug)
    if (election.status === 'draft') return openDraft(tx, group, election)
    requireTimeLeft(election, tx.now)
    const how = mayTake(election, 'open') ? 'reopened' : 'already'
    await takeStep(tx, election, { step: 'open' })
    const sealedJson = election.sealed_json ?? ''
    return {
      slug: election.slug,
      how,
      sealedJson,
      fingerprint: fingerprintOf(sealedJson),
      warnings: [],
    }
  })
}

/**
 * The clock shows that the vote is over: to open it again would only look as if ballots were taken.
 * @throws TimeOver
 */
export function requireTimeLeft(election: Election, now: string): void {
  if (election.status === 'paused' && overSince(election, now) !== null) throw new TimeOver(election)
}

/** @throws ElectionNotReady */
export async function openDraft(
  tx: WriteTransaction,
  group: Group,
  election: Election,
): Promise<OpenedElection> {
  const { slug } = election
  await refreshRoll(tx, election)
  const { facts, credentials } = await gatherOpeningFacts(tx, election)
  const findings = examine(facts)
  const obstacles = blocking(findings)
  if (obstacles.length > 0) throw new ElectionNotReady({ election: slug, obstacles })

  // Parts of a weight may be as fine as a weight can be.
  const unit = rightsOf(election).allowVoteSplit ? 1 : weightUnit(facts.weights.keys())
  const sealed = await publicTexts(tx, group, { election, contests: facts.contests, unit })
  const { records } = setupRecords(group, {
    ...sealed,
    credentials: serializePublicCredentials(protocolCredentials(group, credentials, unit)),
  })
  await appendBoardRecords(tx, election.id, records)
  const fingerprint = fingerprintOf(sealed.election)
  const roll = await rollFingerprint(tx, election.id)
  await takeStep(tx, election, {
    step: 'open',
    set: {
      ...{ sealed_json: sealed.election, roll_fingerprint: roll, weight_unit_micros: unit },
      // Who runs the vote can't do without the second officer later on.
      two_officers: JSON.stringify(await deedsOfTwo(tx, election)),
    },
    details: {
      ...scheduledAt(election.opens_at, tx.now),
      ...{ fingerprint, roll, voters: facts.voters, credentials: credentials.length },
    },
  })
  return { slug, how: 'opened', sealedJson: sealed.election, fingerprint, warnings: findings }
}

/** The texts of the public election and of its trustees, of which there are none where nothing is sealed. */
async function publicTexts(
  tx: WriteTransaction,
  group: Group,
  { election, contests, unit }: { election: Election; contests: readonly Contest[]; unit: number },
): Promise<{ election: string; trustees: string }> {
  if (election.visibility !== 'secret') {
    return { election: await clearText(tx, election, { contests, unit }), trustees: '[]' }
  }
  const paper = rightsOf(election).paperBallots
  const declared = await readTrusteeGroup(tx, election.id)
  const rows = await readTrustees(tx, election.id)
  const trustees = protocolTrustees(group, rows, declared?.parameters ?? null)
  return {
    election: sealElection(election, {
      contests: contests.map((contest) => sealedContestOf(contest, unit, { paper })),
      publicKey: elementToHex(electionPublicKey(group, trustees)),
      organisation: await organisationNameOf(tx, election),
    }),
    trustees: serializeTrustees(group, trustees),
  }
}

function* protocolCredentials(group: Group, credentials: readonly ListedCredential[], unit: number) {
  for (const { credential, weightMicros } of credentials) {
    const element = elementFromHex(group, credential)
    if (element === undefined) throw new Error('a stored credential is damaged')
    yield { credential: element, weight: BigInt(weightMicros / unit) }
  }
}
