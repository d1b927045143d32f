import { generateUuid } from '../../sealing/credential.ts'
import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { freeSlug, insertElection } from '../create-election.ts'
import { deleteDraft } from '../delete-election.ts'
import { rightsOfFields } from '../rights.ts'
import { slugOf } from '../slug.ts'
import type { CreateBody } from './bodies.ts'
import { contestOfPoll } from './contest.ts'
import { describeOptions, eligibilityOf, methodOf, rightsSaid, visibilityOf } from './describe.ts'
import { enterPollResult } from './enter-poll-result.ts'
import { findPoll } from './find-poll.ts'
import { PollRefused } from './refusals.ts'
import { openSlidesPollOf, type PollSettings, readConfig } from './settings.ts'

interface Deps {
  readonly work: UnitOfWork
  readonly group: Group
}

/**
 * Makes a poll: an election with one contest, in which a ballot is cast once and whoever casts it is present. A manual one
 * can bring its result.
 * @returns its number
 * @throws PollRefused `invalid`, `invalid_config`; ContestInvalid, EnteredResultInvalid
 */
export async function createPoll(
  deps: Deps,
  { organisationId, body }: { organisationId: number; body: CreateBody },
): Promise<number> {
  const whole = requireWhole(body)
  const poll = await deps.work.write('create poll', (tx) => insertPoll(tx, deps.group, organisationId, whole))
  if (whole.result === undefined) return poll
  try {
    await enterPollResult(deps, { organisationId, poll, result: whole.result })
  } catch (error) {
    await deps.work.write('delete poll', async (tx) => {
      await deleteDraft(tx, (await findPoll(tx, { organisationId, poll })).election)
    })
    throw error
  }
  return poll
}

type Needed = Pick<CreateBody, 'title' | 'content_object_id' | 'meeting_id' | 'method' | 'visibility'>

/** Nothing that it needs is missing. */
type Whole = Omit<CreateBody, keyof Needed> & {
  readonly [Field in keyof Needed]-?: NonNullable<Needed[Field]>
} & {
  /** The configuration, under whichever name it came. */
  readonly given: Readonly<Record<string, unknown>>
}

/** @throws PollRefused `invalid`, naming the first field that is missing or does not go with the others */
function requireWhole(body: CreateBody): Whole {
  const { title, content_object_id, meeting_id, method, visibility, config } = body
  if (!title) throw empty('title')
  if (!content_object_id) throw empty('content_object_id')
  if (!/^(?:motion|assignment|topic)\/\d+$/.test(content_object_id)) {
    throw new PollRefused('invalid', 'A poll is of a motion, an assignment or a topic: motion/5')
  }
  if (!meeting_id) throw empty('meeting_id')
  if (!method) throw empty('method')
  const { option_type = body.option_type, options = body.options, ...older } = config ?? {}
  const given = body.method_config ?? (config === undefined ? undefined : older)
  const whole = { ...body, ...olderOptions({ option_type, options }) }
  if (methodOf(method) !== 'approval' && (whole.options ?? []).length === 0) {
    throw new PollRefused('invalid', `Method ${method} needs at least one option`)
  }
  if (given === undefined) throw empty('config')
  if (!visibility) throw empty('visibility')
  if (visibility === 'secret' && (body.allow_vote_split || body.allow_invalid || body.live_voting_enabled)) {
    throw new PollRefused('invalid', 'In a secret poll no vote is split, seen before its end, or invalid')
  }
  if (visibility === 'manually' && (body.entitled_group_ids ?? []).length > 0) {
    throw new PollRefused('invalid', 'Entitled Group IDs can not be set when visibility is set to manually')
  }
  if (visibility !== 'manually' && body.result !== undefined) {
    throw new PollRefused('invalid', 'Result can only be set when visibility is set to manually')
  }
  return { ...whole, title, content_object_id, meeting_id, method, visibility, given }
}

/** Where the options stood in the configuration. @throws PollRefused `invalid` */
function olderOptions(said: {
  option_type: unknown
  options: unknown
}): Pick<CreateBody, 'option_type' | 'options'> {
  const { option_type: type, options } = said
  if (type !== undefined && typeof type !== 'string') throw new PollRefused('invalid', 'Invalid option_type')
  if (options !== undefined && !Array.isArray(options)) throw new PollRefused('invalid', 'Invalid option')
  return { ...(type !== undefined && { option_type: type }), ...(options !== undefined && { options }) }
}

function empty(field: string): PollRefused {
  return new PollRefused('invalid', `Field '${field}' can not be empty`)
}

async function insertPoll(
  tx: WriteTransaction,
  group: Group,
  organisationId: number,
  body: Whole,
): Promise<number> {
  const { title, content_object_id, meeting_id } = body
  const method = methodOf(body.method)
  const visibility = visibilityOf(body.visibility)
  const { names, ...described } = await describeOptions(tx, organisationId, body)
  const groups = body.entitled_group_ids ?? []
  const settings: PollSettings = {
    ...{ meeting_id, content_object_id, method },
    ...readConfig(body.given, {
      ...{ method, options: names.length },
      needsBase: body.method_config !== undefined,
    }),
    ...{ ...described, entitled_group_ids: groups },
  }
  const rights = rightsOfFields({ presence_required: true, equal_weights: true, ...rightsSaid(body) })
  const rules = openSlidesPollOf(settings, { allow_invalid: 0, rights: '{}' })
  const election = await insertElection(tx, group, {
    organisationId,
    uuid: generateUuid(group),
    draft: {
      ...{ title, description: '', slug: await freeSlug(tx, slugOf(title, 'poll')), zone: 'UTC' },
      ...{ opensAt: null, closesAt: null, recast: 'refuse', code: 'none', visibility },
      allowInvalid: body.allow_invalid ?? false,
      liveVoting: body.live_voting_enabled ?? false,
      ...{ rights, eligibility: eligibilityOf(groups) },
      contests: [contestOfPoll(rules, title, names)],
    },
  })
  const { id } = await tx.db
    .insertInto('poll')
    .values({ organisation_id: organisationId, election_id: election.id, settings: JSON.stringify(settings) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.record({
    action: 'election-created',
    election: election.slug,
    details: { title, uuid: election.uuid, contests: 1, poll: id },
  })
  return id
}
