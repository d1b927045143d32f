import { organisationNameOf } from '../organisation/find-organisation.ts'
import type { OfficerSigner } from '../organisation/officer-key-file.ts'
import { officerOfKey } from '../organisation/officer-keys.ts'
import { microsOf, microsPerVote } from '../register/weights.ts'
import { outcomeSentence, tieSentence } from '../report/narrative.ts'
import type { ContestResult, ElectionResultDocument } from '../report/result-schema.ts'
import type { VerificationReport } from '../sealing/verification-report.ts'
import type { ReadTransaction, WriteTransaction } from '../store/unit-of-work.ts'
import { countBallots } from '../tally/public-ballots.ts'
import { countVotes, readTurnout } from '../tally/turnout.ts'
import type { PaperRecord } from '../voting/paper/paper-schema.ts'
import { readPaperRecord } from '../voting/paper/read-paper.ts'
import { readApprovals } from './approvals.ts'
import {
  type Certificate,
  type CertificateBody,
  certificateBodySchema,
  certificateSchema,
  signatureSchema,
  signedText,
} from './certificate-schema.ts'
import type { Election } from './find-election.ts'
import { NotCertifiable } from './incident-refusals.ts'
import { readIncidents } from './incidents.ts'
import { differencesIn, type Reckoning, votesOf } from './reconciliation.ts'
import { rightsOf } from './rights.ts'

/**
 * What the officers certify, from what the file says and what the verifier found.
 * @throws NotCertifiable where numbers do not add up and no incident explains it, or an incident is open that could have
 * changed the outcome
 */
export async function certificateBody(
  tx: ReadTransaction,
  election: Election,
  known: {
    result: ElectionResultDocument
    report: VerificationReport
    auditHead: string
    software: string
  },
): Promise<CertificateBody> {
  const { result, report, auditHead, software } = known
  const incidents = await readIncidents(tx, election)
  const open = incidents.find(({ resolution, effect }) => resolution === null && effect !== 'none')
  if (open !== undefined) {
    throw new NotCertifiable(
      `Incident ${open.number} may have changed the outcome, and nobody has resolved it.`,
      { election: election.slug, incident: open.number },
      `Say how it ended with: urna incident resolve ${election.slug} ${open.number} --resolution TEXT`,
    )
  }
  const paper = await readPaperRecord(tx, election)
  const reckoning = await reckon(tx, election, { result, report, paper })
  const differences = differencesIn(reckoning).map((difference) => {
    const explainedBy = incidents.find(({ explains }) => explains === difference.id)?.number
    if (explainedBy !== undefined) return { ...difference, explainedBy }
    throw new NotCertifiable(
      `The numbers do not add up: ${difference.sentence}.`,
      { election: election.slug, difference: difference.id },
      `Explain it with: urna incident add ${election.slug} --kind difference --explains ${difference.id} --text TEXT`,
    )
  })
  const { rights, marks, ballots, recasts, counted } = reckoning
  return certificateBodySchema.parse({
    election: {
      ...{ slug: election.slug, uuid: election.uuid, title: election.title },
      organisation: await organisationNameOf(tx, election),
      ...{ openedAt: election.opened_at, closedAt: election.closed_at, talliedAt: election.tallied_at },
      ...{ certifiedAt: tx.now, zone: election.zone },
    },
    contests: result.contests.map(certifiedContest),
    reconciliation: {
      ...{ rights, marks, ballots, recasts, counted, differences },
      contests: reckoning.contests.map(({ title, cast, valid, blank, invalid }) => ({
        title,
        ...{ cast: votesOf(cast), valid: votesOf(valid), blank: votesOf(blank), invalid: votesOf(invalid) },
      })),
    },
    ...(paper && { paper }),
    incidents: incidents.map(
      ({ number, kind, at, text, contest, affected, affectedKind, effect, resolution }) => ({
        ...{ number, kind, at, text, contest, affected, affectedKind, effect, resolution },
      }),
    ),
    approvals: await readApprovals(tx, { election: election.slug }),
    secrecy: result.secrecy.sentence,
    rollFingerprint: election.roll_fingerprint,
    archiveHash: report.archiveHash,
    boardHead: report.head ?? null,
    ...{ auditHead, software: `urna ${software}` },
  })
}

/** What a certificate says of a contest; `urna verify` makes the same from its own count. */
export function certifiedContest({
  title,
  winners,
  vacantBy,
  tabulation,
}: Pick<
  ContestResult,
  'title' | 'winners' | 'vacantBy' | 'tabulation'
>): CertificateBody['contests'][number] {
  const { method, seats, options, outcome, rounds, ties } = tabulation
  const last = rounds.at(-1)?.votes ?? []
  return {
    ...{ title, method, seats, winners: [...winners], outcome: outcome.kind },
    sentence: outcomeSentence({ tabulation, winners, seats, vacantBy }),
    ties: ties.map((tie) => tieSentence(tie, options)),
    votes: options.map((option, index) => ({ option, votes: last[index] ?? '0' })),
  }
}

async function reckon(
  tx: ReadTransaction,
  election: Election,
  known: { result: ElectionResultDocument; report: VerificationReport; paper: PaperRecord | undefined },
): Promise<Reckoning> {
  const { result, report, paper } = known
  const cast = await castVotes(tx, election, paper)
  const divided = rightsOf(election).allowVoteSplit
  const contests = result.contests.map(({ title, tabulation: { statistics } }) => {
    const [valid, blank, invalid] = [statistics.valid, statistics.blank, statistics.invalid].map(microsOf)
    const all = valid! + blank! + invalid!
    // What the parts of a divided weight leave of it, contest by contest, is not cast.
    const castHere = divided && cast !== undefined && all < cast ? all : (cast ?? all)
    return { title, cast: castHere, valid: valid!, blank: blank!, invalid: invalid! }
  })
  const { voters: rights } = await readTurnout(tx, election)
  const { ballots, counting: counted } = await countBallots(tx, election)
  const marks = await countVotes(tx, election)
  const nobodyCast = election.visibility === 'manual'
  const archived = nobodyCast ? counted : report.ballots - report.recasts
  return { rights, marks, ballots, recasts: ballots - counted, counted, archived, contests, paper }
}

/** Millionths of a vote, papers among them; undefined where nobody knows whose the ballots are, or there are none. */
async function castVotes(
  tx: ReadTransaction,
  election: Election,
  paper: PaperRecord | undefined,
): Promise<bigint | undefined> {
  if (election.visibility === 'manual' || election.anonymised_at !== null) return undefined
  const { total } = await tx.db
    .selectFrom('ballot')
    .innerJoin('voter', 'voter.id', 'ballot.voter_id')
    .select(({ fn }) => fn.sum<number | null>('voter.weight_micros').as('total'))
    .where('ballot.election_id', '=', election.id)
    .where('ballot.effective', '=', 1)
    .executeTakeFirstOrThrow()
  return BigInt(total ?? 0) + BigInt(paper?.papers ?? 0) * BigInt(microsPerVote)
}

/**
 * Signs the certificate that is in the file; again by the same key changes nothing.
 * @returns whether it was not signed by that key before
 * @throws OfficerKeyUnknown
 */
export async function signCertificate(
  tx: WriteTransaction,
  election: Election,
  signer: OfficerSigner,
): Promise<boolean> {
  const { name, role, keyId } = await officerOfKey(tx, election.organisation_id, signer.publicKey)
  const signed = await tx.db
    .selectFrom('certificate_signature')
    .select('officer_key_id')
    .where('election_id', '=', election.id)
    .where('officer_key_id', '=', keyId)
    .executeTakeFirst()
  if (signed !== undefined) return false
  const { body } = await tx.db
    .selectFrom('certificate')
    .select('body')
    .where('election_id', '=', election.id)
    .executeTakeFirstOrThrow()
  const who = { officer: name, role, at: tx.now }
  const text = signedText(certificateBodySchema.parse(JSON.parse(body)), who)
  const signature = signer.sign({ purpose: 'certificate', text })
  const stored = signatureSchema.parse({ ...who, publicKey: signer.publicKey, signature })
  await tx.db
    .insertInto('certificate_signature')
    .values({ election_id: election.id, officer_key_id: keyId, signature: JSON.stringify(stored) })
    .execute()
  const details = { officer: name, role, publicKey: signer.publicKey }
  await tx.record({ action: 'certificate-signed', election: election.slug, details })
  return true
}

export async function readCertificate(tx: ReadTransaction, election: Election): Promise<Certificate> {
  const row = await tx.db
    .selectFrom('certificate')
    .select('body')
    .where('election_id', '=', election.id)
    .executeTakeFirst()
  if (row === undefined) {
    throw new NotCertifiable(`${election.slug} was certified before certificates were signed.`, {
      election: election.slug,
    })
  }
  const signatures = await tx.db
    .selectFrom('certificate_signature')
    .select('signature')
    .where('election_id', '=', election.id)
    .orderBy('officer_key_id')
    .execute()
  return certificateSchema.parse({
    format: 'urna-certificate',
    version: 1,
    certificate: JSON.parse(row.body),
    signatures: signatures.map(({ signature }) => JSON.parse(signature)),
  })
}
