import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork, WriteTransaction } from '../../store/unit-of-work.ts'
import { readContests } from '../contests.ts'
import { editDraft } from '../edit-election.ts'
import { findElection } from '../find-election.ts'
import { rewriteContest } from '../insert-contest.ts'
import type { UpdateBody } from './bodies.ts'
import { contestOfPoll } from './contest.ts'
import { describeOptions, eligibilityOf, methodOf, rightsSaid, visibilityOf } from './describe.ts'
import { enterPollResult } from './enter-poll-result.ts'
import { findPoll, type Poll, type PollAddress, stateOf } from './find-poll.ts'
import { PollRefused } from './refusals.ts'
import { openSlidesPollOf, readConfig } from './settings.ts'

/**
 * Changes a poll that has not started; of a manual one also its result, until that is published.
 * @throws PollRefused `not-exist`, `not-allowed`, `invalid`, `invalid_config`; ContestInvalid, EnteredResultInvalid,
 * RecountTooLate
 */
export async function updatePoll(
  { work, group }: { work: UnitOfWork; group: Group },
  { body, ...address }: PollAddress & { body: UpdateBody },
): Promise<void> {
  const { result, ...changes } = body
  await work.write('update poll', async (tx) => {
    const poll = await findPoll(tx, address)
    requireChangeable(poll, body)
    if (Object.keys(changes).length > 0) await change(tx, group, poll, changes)
  })
  if (result !== undefined) await enterPollResult({ work, group }, { ...address, result })
}

/** In the order in which the vote service looks. @throws PollRefused `not-allowed` */
function requireChangeable({ election }: Poll, body: UpdateBody): void {
  const refuse = (message: string) => new PollRefused('not-allowed', message)
  if (election.visibility === 'manual') {
    if ((body.entitled_group_ids ?? []).length > 0) {
      throw refuse('Entitled Group IDs can not be set when visibility is set to manually')
    }
  } else {
    if (body.visibility === 'manually') throw refuse('A poll can not be changed manually')
    if (body.result !== undefined) throw refuse('Result can only be set when visibility is set to manually')
  }
  if (election.status === 'draft') return
  const fixed = Object.keys(body).find((field) => field !== 'result')
  if (fixed === undefined) return
  const when =
    stateOf(election) === 'finished' && election.visibility === 'manual' ? 'has a result' : 'has started'
  throw refuse(`${fixed.replaceAll('_', ' ')} can only be changed before the poll ${when}`)
}

async function change(
  tx: WriteTransaction,
  group: Group,
  { id, election, settings }: Poll,
  body: UpdateBody,
): Promise<void> {
  const { title, visibility, live_voting_enabled: live, allow_invalid: invalid } = body
  const groups = body.entitled_group_ids
  await editDraft(tx, group, election, {
    changes: {
      ...(title && { title }),
      ...(visibility && { visibility: visibilityOf(visibility) }),
      ...(live !== undefined && { live_voting: live }),
      ...(invalid !== undefined && { allow_invalid: invalid }),
      ...(groups !== undefined && { eligibility: eligibilityOf(groups) }),
      ...rightsSaid(body),
    },
  })
  const after = await findElection(tx, election.slug)
  const [contest] = await readContests(tx, election.id)
  const { names, ...options } =
    body.options === undefined
      ? { ...settings, names: contest!.options.slice(0, settings.options.length).map(({ name }) => name) }
      : await describeOptions(tx, election.organisation_id, body)
  const method = body.method === undefined ? settings.method : methodOf(body.method)
  if (method !== 'approval' && names.length === 0) {
    throw new PollRefused('invalid', `Method ${method} needs at least one option`)
  }
  if (method !== settings.method && body.method_config === undefined) {
    throw new PollRefused('invalid', "Field 'config' can not be empty")
  }
  const given = body.method_config ?? { ...settings.config, ...settings.shown }
  const changed = {
    ...settings,
    ...{ method, option_type: options.option_type, options: options.options },
    ...readConfig(given, { method, options: names.length, needsBase: body.method_config !== undefined }),
    ...(groups !== undefined && { entitled_group_ids: groups }),
  }
  const draft = contestOfPoll(openSlidesPollOf(changed, after), after.title, names)
  await rewriteContest(tx, contest!, draft)
  await tx.db
    .updateTable('poll')
    .set({ settings: JSON.stringify(changed) })
    .where('id', '=', id)
    .execute()
  await tx.record({
    action: 'poll-updated',
    election: election.slug,
    details: { poll: id, fields: Object.keys(body) },
  })
}
