import type { Group } from '../../sealing/group.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { enterResult } from '../../tally/enter-result.ts'
import { runTally } from '../../tally/run-tally.ts'
import { readContests } from '../contests.ts'
import { findPoll, type PollAddress } from './find-poll.ts'
import { enteredFileOf } from './result.ts'

/**
 * Takes the result that a meeting service says of a manual poll, and counts it.
 * @throws PollRefused `not-exist`; NotManual, ElectionNotReady, EnteredResultInvalid, RecountTooLate
 */
export async function enterPollResult(
  { work, group }: { work: UnitOfWork; group: Group },
  { result, ...address }: PollAddress & { result: Readonly<Record<string, string | number>> },
): Promise<void> {
  const { slug, file } = await work.read(async (tx) => {
    const { election, rules } = await findPoll(tx, address)
    const [contest] = await readContests(tx, election.id)
    const names = contest!.options.map(({ name }) => name)
    return { slug: election.slug, file: enteredFileOf(rules, result, names) }
  })
  await enterResult({ work, group }, { election: slug, file })
  await runTally({ work, group }, { slug, seed: undefined })
}
