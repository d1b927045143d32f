import { publicAuditHead } from '../audit/public-head.ts'
import { type Contest, readContests } from '../election/contests.ts'
import { type Election, findElection, slugOfElection } from '../election/find-election.ts'
import { fingerprintOf } from '../election/fingerprint.ts'
import { secrecyOfElection, secrecySentence } from '../election/secrecy.ts'
import { standingOf, standingSentences } from '../election/standing.ts'
import { readCounts } from '../election/stored-counts.ts'
import { readTrusteeGroup } from '../election/trustee-group.ts'
import { keysToOpen } from '../election/trustees.ts'
import { organisationNameOf } from '../organisation/find-organisation.ts'
import { seated } from '../report/narrative.ts'
import { type ContestResult, type ElectionResultDocument, resultSchema } from '../report/result-schema.ts'
import type { Group } from '../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { methodById } from '../tabulation/registry.ts'
import { readPaperRecord } from '../voting/paper/read-paper.ts'
import { type EnteredResult, readEnteredResult } from './entered-result.ts'
import { readNamedVotes } from './named-votes.ts'
import { countBallots } from './public-ballots.ts'
import { ResultNotFound } from './refusals.ts'
import { readStoredBoard } from './stored-board.ts'
import { trusteesOf } from './trustees.ts'
import { readTurnout } from './turnout.ts'

/** The result of an election, complete. @throws ResultNotFound before the count */
export async function readResultDocument(
  { work, group }: { work: UnitOfWork; group: Group },
  slug: string | undefined,
): Promise<ElectionResultDocument> {
  return work.read(async (tx) => resultDocumentOf(tx, group, await findElection(tx, slug)))
}

/** @throws ResultNotFound before the count */
export async function resultDocumentOf(
  tx: ReadTransaction,
  group: Group,
  election: Election,
): Promise<ElectionResultDocument> {
  const { slug, uuid, title, description, zone, status, visibility } = election
  const contests = await readContestResults(tx, election)
  if (contests.length === 0) throw new ResultNotFound(slug)
  const standing = standingOf({
    rehearsal: election.rehearsal === 1,
    certifiedAt: election.certified_at,
  })
  const board = await readStoredBoard(tx, election)
  const trustees = visibility === 'secret' ? await trusteesOf(tx, election) : []
  const keys = keysToOpen(trustees, await readTrusteeGroup(tx, election.id))
  const secrecy = secrecyOfElection(election, keys)
  const paper = await readPaperRecord(tx, election)
  const entered = visibility === 'manual' ? await readEnteredResult(tx, election) : undefined
  return resultSchema.parse({
    format: 'urna-result',
    version: 1,
    election: {
      slug,
      uuid,
      title,
      description,
      organisation: await organisationNameOf(tx, election),
      status,
      zone,
      openedAt: visibility === 'manual' ? null : election.opened_at,
      closedAt: visibility === 'manual' ? null : election.closed_at,
      talliedAt: election.tallied_at,
      certifiedAt: election.certified_at,
      standing,
      standingSentence: standingSentences[standing],
      runoffOf: await slugOfElection(tx, election.runoff_of),
    },
    ...(await partakenIn(tx, election, entered)),
    trustees: trustees.map(({ position, name, kind, publicKey }) => ({ position, name, kind, publicKey })),
    board: {
      head: board.head.hash,
      fingerprint: fingerprintOf(board.election),
      auditHead: await publicAuditHead(tx, election),
    },
    secrecy: { kind: secrecy.kind, sentence: secrecySentence(secrecy) },
    enteredBy: entered === undefined ? null : { officer: entered.officer, at: entered.at },
    ...(paper && { paper }),
    votes: visibility === 'named' ? await readNamedVotes(tx, group, election) : null,
    contests,
  })
}

/** How many could vote, voted, and how many ballots that makes: as counted here, or as typed in. */
async function partakenIn(
  tx: ReadTransaction,
  election: Election,
  entered: EnteredResult | undefined,
): Promise<Pick<ElectionResultDocument, 'turnout' | 'ballots'>> {
  if (entered === undefined) {
    const { ballots, counting } = await countBallots(tx, election)
    return {
      turnout: await readTurnout(tx, election),
      ballots: { counted: counting, replaced: ballots - counting },
    }
  }
  const { voted, voters } = entered
  const counted = voted ?? 0
  return {
    turnout: { voters: voters ?? counted, voted: counted, units: [] },
    ballots: { counted, replaced: 0 },
  }
}

async function readContestResults(tx: ReadTransaction, election: Election): Promise<ContestResult[]> {
  const counts = await readCounts(tx, election)
  const contests = await readContests(tx, election.id)
  return contests.flatMap((contest) => {
    const tabulation = counts.get(contest.id)
    if (tabulation === undefined) return []
    const { id, title, source } = methodById(contest.method)
    return [
      {
        position: contest.position,
        title: contest.title,
        description: contest.description,
        method: { id, title, source },
        rules: contest.rules,
        seats: contest.seats,
        options: contest.options.map(({ name, party, slate, district, role }) => ({
          name,
          party,
          slate,
          district,
          none: role === 'none',
        })),
        blankName: contest.blank_name,
        ...seated(tabulation, noneOf(contest)),
        tabulation,
      },
    ]
  })
}

function noneOf({ options }: Contest): number | undefined {
  const none = options.findIndex(({ role }) => role === 'none')
  return none === -1 ? undefined : none
}
