import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Selections } from '../../src/ballot/selections.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { createElection } from '../../src/election/create-election.ts'
import { openElection } from '../../src/election/open-election.ts'
import { usualRights } from '../../src/election/rights.ts'
import { giveVote } from '../../src/register/give-vote.ts'
import { setPresence } from '../../src/register/presence.ts'
import { setWeight } from '../../src/register/set-weight.ts'
import { castFor } from '../../src/voting/cast-for.ts'
import { issueTokens } from '../../src/voting/issue-tokens.ts'
import { corpusFolder } from '../support/corpus.ts'
import { contestDraft } from '../support/election.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { group, tokensIn } from './fixtures.ts'

interface Member {
  readonly id: number
  readonly groups: readonly number[]
  readonly present: boolean
  readonly delegated_to?: number | null
}

interface CastingCase {
  readonly id: string
  readonly kind: 'cast_permission' | 'cast_request' | 'vote_weight'
  readonly name: string
  readonly fixture: {
    readonly meeting?: {
      readonly enable_vote_delegations?: boolean
      readonly forbid_delegator_to_vote?: boolean
      readonly enable_vote_weight?: boolean
    }
    readonly poll: { readonly state: string; readonly entitled_group_ids: readonly number[] }
    readonly members?: readonly Member[]
    readonly member: Member & Readonly<Record<string, string | null>>
  }
  readonly act: {
    readonly acting_member?: number
    readonly represented_member?: number | string
    readonly value?: string
    readonly body_raw?: string
  }
  readonly expect: { readonly ok?: true; readonly error?: string; readonly ballot_for?: number }
  readonly expect_weight: string
}

const corpus = corpusFolder()
const cases =
  corpus === undefined
    ? []
    : (
        JSON.parse(readFileSync(join(corpus, 'corpus/openslides/cases.json'), 'utf8')) as {
          cases: CastingCase[]
        }
      ).cases
const of = (...kinds: readonly string[]) =>
  cases.filter(({ kind }) => kinds.includes(kind)).map((each) => [`${each.id} ${each.name}`, each] as const)

let urna: TemporaryUrna
afterEach(() => urna?.close())
const deps = () => ({ work: urna.work, group })

async function addMember(number: string, status: string, weight = 1): Promise<void> {
  await urna.work.write('test', async (tx) => {
    const at = { created_at: tx.now, updated_at: tx.now }
    await tx.db
      .insertInto('member')
      .values({
        ...{ organisation_id: 1, number, name: `Member ${number}`, status, custom: '{}', ...at },
        weight_micros: weight * 1_000_000,
      })
      .execute()
  })
}

/** A motion in the clear: Yes, No, or a blank ballot to abstain. */
async function addPoll(slug: string, rights: Partial<typeof usualRights>, statuses: readonly string[]) {
  await createElection(deps(), {
    ...{ title: slug, slug, description: '', zone: 'UTC', opensAt: null, closesAt: null },
    ...{ recast: 'refuse', code: 'none', visibility: 'open', allowInvalid: false, liveVoting: false },
    eligibility: { statuses: [...statuses] },
    rights: { ...usualRights, ...rights },
    contests: [contestDraft({ title: 'Motion', names: ['Yes', 'No'] })],
  })
}

const answers: Readonly<Record<string, Selections>> = {
  Yes: { kind: 'options', options: [0] },
  No: { kind: 'options', options: [1] },
}

async function openPoll(slug: string): Promise<Map<string, string>> {
  const out = join(urna.folder, `${slug}.csv`)
  await issueTokens(deps(), { election: slug, out, reserve: 0, expires: undefined })
  await openElection(deps(), slug)
  return tokensIn(out)
}

describe.skipIf(corpus === undefined)('who may vote in a meeting of OpenSlides', () => {
  test.each(of('cast_permission', 'cast_request'))('%s', async (_, each) => {
    const { meeting = {}, poll, members = [each.fixture.member] } = each.fixture
    const { body_raw: body, value, acting_member: acting = members[0]!.id } = each.act
    urna = await temporaryUrna()
    for (const { id, groups } of members) {
      const entitled = groups.some((one) => poll.entitled_group_ids.includes(one))
      await addMember(String(id), entitled ? 'entitled' : 'guest')
    }
    // An election without a voter does not open.
    await addMember('7', 'entitled')
    const present = members.filter((member) => member.present).map(({ id }) => String(id))
    await setPresence(urna.work, { organisation: undefined, present, absent: [], nobody: false })
    const rights = {
      allowDelegation: meeting.enable_vote_delegations ?? false,
      forbidDelegatorToVote: meeting.forbid_delegator_to_vote ?? false,
      presenceRequired: true,
    }
    await addPoll('poll', rights, ['entitled'])
    for (const { id, delegated_to: to } of members) {
      if (to == null) continue
      const given = { represented: String(id), acting: String(to), reason: 'of the meeting' }
      await giveVote(urna.work, { ...given, organisation: undefined, election: undefined })
    }
    const tokens = await openPoll('poll')
    if (poll.state === 'finished') await closeElection(deps(), 'poll')

    // What is no JSON never gets to a ballot: whoever reads requests calls it invalid.
    if (body !== undefined && !body.startsWith('{"')) return expect(each.expect.error).toBe('invalid')
    const said = value ?? (JSON.parse(body!) as { value: string }).value
    const { represented_member: whose = acting } = each.act
    const represented = typeof whose === 'number' ? String(whose) : String(acting)
    const cast = () =>
      castFor(deps(), {
        ...{ election: 'poll', acting: String(acting), represented, selections: [answers[said]!] },
        tokenOf: (casting) =>
          tokens.get(
            casting.acting === casting.represented
              ? casting.acting
              : `${casting.acting} for ${casting.represented}`,
          ),
      })
    const done = await cast()
    if (each.expect.error !== undefined) {
      return expect(done).toMatchObject({ outcome: 'refused', fault: each.expect.error })
    }
    expect(done).toMatchObject({ outcome: 'accepted' })
    const ballots = await urna.work.read((tx) =>
      tx.db
        .selectFrom('ballot')
        .innerJoin('voter', 'voter.id', 'ballot.voter_id')
        .innerJoin('board_record', 'board_record.position', 'ballot.board_position')
        .select(['voter.number', 'board_record.body'])
        .execute(),
    )
    expect(ballots.map(({ number }) => number)).toEqual([String(each.expect.ballot_for ?? acting)])
    expect(JSON.parse(ballots[0]!.body)).toMatchObject({ choices: [answers[said]] })
    expect(await cast()).toMatchObject({ outcome: 'refused', fault: 'double-vote' })
  })

  test.each(of('vote_weight'))('%s', async (_, each) => {
    const { default_vote_weight: usual, weight_in_other_meeting: elsewhere } = each.fixture.member
    const { meeting_vote_weight: here } = each.fixture.member
    urna = await temporaryUrna()
    await addMember('31', 'entitled', Number(usual ?? 1))
    const equalWeights = each.fixture.meeting?.enable_vote_weight === false
    await addPoll('here', { equalWeights }, ['entitled'])
    await addPoll('elsewhere', {}, ['entitled'])
    const set = (election: string, weight: string | null) =>
      weight === null
        ? undefined
        : setWeight(urna.work, { election, number: '31', weight: String(Number(weight)) })
    await set('elsewhere', elsewhere ?? null)
    await set('here', here ?? null)
    await openPoll('here')
    const { weight_micros } = await urna.work.read((tx) =>
      tx.db
        .selectFrom('voter')
        .innerJoin('election', 'election.id', 'voter.election_id')
        .select('voter.weight_micros')
        .where('election.slug', '=', 'here')
        .executeTakeFirstOrThrow(),
    )
    expect(weight_micros).toBe(Number(each.expect_weight) * 1_000_000)
  })
})
