import { z } from 'zod'
import { formatWeight } from '../../register/weights.ts'
import type { Group } from '../../sealing/group.ts'
import type { ReadTransaction, UnitOfWork } from '../../store/unit-of-work.ts'
import { clearElectionOf, countingBallots } from '../../tally/clear-records.ts'
import { partsOf } from '../../voting/clear-ballot.ts'
import { readContests } from '../contests.ts'
import { rightsOf } from '../rights.ts'
import { ballotOfRecord } from './choice.ts'
import { saidOfVisibility } from './describe.ts'
import { findPoll, type Poll, type PollAddress, stateOf } from './find-poll.ts'
import { resultOfPoll } from './result.ts'

const member = z.union([z.int(), z.string()])

export const pollOutput = z.strictObject({
  id: z.int(),
  title: z.string(),
  election: z.string().meta({ description: 'Short name of the election underneath.' }),
  meeting_id: z.int(),
  content_object_id: z.string(),
  state: z.enum(['created', 'started', 'finished']),
  visibility: z.enum(['manually', 'named', 'open', 'secret']),
  method: z.string(),
  config: z.record(z.string(), z.unknown()),
  options: z.array(z.strictObject({ id: z.int(), text: z.string(), meeting_user_id: member.nullable() })),
  entitled_group_ids: z.array(z.int()),
  allow_vote_split: z.boolean(),
  allow_invalid: z.boolean(),
  live_voting_enabled: z.boolean(),
  published: z.boolean(),
  anonymized: z.boolean(),
  voted_ids: z.array(member).meta({ description: 'Members whose vote is in the box.' }),
  result: z.record(z.string(), z.unknown()).nullable().meta({ description: 'Null before the count.' }),
  ballots: z
    .array(
      z.strictObject({
        acting_meeting_user_id: member,
        represented_meeting_user_id: member,
        weight: z.string(),
        split: z.boolean(),
        value: z.unknown(),
      }),
    )
    .nullable()
    .meta({
      description: 'Who voted what: while it goes on with live voting alone, and never in a secret poll.',
    }),
})

export type PollView = z.infer<typeof pollOutput>

/**
 * A poll as it stands, in the words of the vote service.
 * @throws PollRefused `not-exist`
 */
export async function viewPoll(
  { work, group }: { work: UnitOfWork; group: Group },
  address: PollAddress,
): Promise<PollView> {
  return work.read(async (tx) => {
    const poll = await findPoll(tx, address)
    const { id, election, settings, rules } = poll
    const { meeting_id, content_object_id, method, config, shown, entitled_group_ids } = settings
    const state = stateOf(election)
    const live = election.live_voting === 1
    const [contest] = await readContests(tx, election.id)
    const sealed = election.visibility === 'secret'
    return {
      ...{ id, title: election.title, election: election.slug, meeting_id, content_object_id, state },
      ...{ visibility: saidOfVisibility(election.visibility) as PollView['visibility'], method },
      config: { ...config, ...shown },
      options: settings.options.map((number, index) => ({
        id: index + 1,
        text: contest!.options[index]!.name,
        meeting_user_id: number === null ? null : idOf(number),
      })),
      entitled_group_ids: [...entitled_group_ids],
      allow_vote_split: rightsOf(election).allowVoteSplit,
      allow_invalid: election.allow_invalid === 1,
      live_voting_enabled: live,
      // While it goes on, what is shown is the votes themselves.
      published: state === 'started' ? live : election.published_at !== null,
      anonymized: election.anonymised_at !== null || (sealed && state === 'finished'),
      voted_ids: await votersOf(tx, election.id),
      result: (await resultOfPoll(tx, group, { election, poll: rules })) ?? null,
      ballots: maySee(poll) ? await ballotsOf(tx, group, poll) : null,
    }
  })
}

/** A number as the service has it; of members whose numbers are none, the text. */
function idOf(number: string): number | string {
  return /^(?:0|[1-9]\d{0,14})$/.test(number) ? Number(number) : number
}

async function votersOf(tx: ReadTransaction, electionId: number): Promise<(number | string)[]> {
  const rows = await tx.db
    .selectFrom('mark')
    .innerJoin('voter', 'voter.id', 'mark.voter_id')
    .select('voter.number')
    .where('mark.election_id', '=', electionId)
    .orderBy('voter.number')
    .execute()
  return rows.map(({ number }) => idOf(number))
}

function maySee({ election }: Poll): boolean {
  const { visibility, anonymised_at, status, live_voting } = election
  if ((visibility !== 'open' && visibility !== 'named') || anonymised_at !== null) return false
  if (stateOf(election) === 'started') return live_voting === 1
  return status === 'tallied' || status === 'certified' || status === 'archived'
}

/** The ballots that count, in the order of the roll. */
async function ballotsOf(
  tx: ReadTransaction,
  group: Group,
  { election, rules }: Poll,
): Promise<NonNullable<PollView['ballots']>> {
  const clear = clearElectionOf(group, election)
  const holders = await tx.db
    .selectFrom('token_credential as c')
    .innerJoin('token as t', 't.id', 'c.token_id')
    .innerJoin('voter as v', 'v.id', 't.voter_id')
    .leftJoin('proxy as p', 'p.id', 't.proxy_id')
    .select(['c.credential', 'v.number', 'v.weight_micros', 'p.acting_number as acting'])
    .where('c.uuid', '=', election.uuid)
    .where('v.election_id', '=', election.id)
    .execute()
  const byCredential = new Map(holders.map((holder) => [holder.credential, holder]))
  const ballots: (NonNullable<PollView['ballots']>[number] & { number: string })[] = []
  for await (const { ballot } of countingBallots(tx, group, election)) {
    const { number, acting, weight_micros } = byCredential.get(ballot.credential)!
    const [parts] = partsOf(clear, ballot.choices, BigInt(weight_micros))
    const said = parts!.map(({ record, choice, micros }) => ({
      weight: formatWeight(Number(micros)),
      value: ballotOfRecord(rules, record, choice),
    }))
    const split = said.length > 1
    ballots.push({
      ...{
        number,
        acting_meeting_user_id: idOf(acting ?? number),
        represented_meeting_user_id: idOf(number),
      },
      ...{ weight: formatWeight(weight_micros), split, value: split ? said : said[0]!.value },
    })
  }
  ballots.sort((a, b) => (a.number < b.number ? -1 : 1))
  return ballots.map(({ number: _number, ...ballot }) => ballot)
}
