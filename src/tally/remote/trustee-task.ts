import { z } from 'zod'
import { findElection } from '../../election/find-election.ts'
import type { Group } from '../../sealing/group.ts'
import type { ReadTransaction } from '../../store/unit-of-work.ts'
import { officerMessage, officerMessageText } from '../ceremony/officer-message.ts'
import type { AdmittedTrustee } from './admit-trustee.ts'
import { type readBoxOpening, readTrusteeProgress, trusteeStates, trusteeSteps } from './trustee-progress.ts'

/** What a trustee learns from the server; nothing in it is secret that is not sealed for its reader. */
export const trusteeTaskSchema = z.object({
  election: z.object({
    slug: z.string(),
    uuid: z.string(),
    title: z.string(),
    status: z.enum(['draft', 'open', 'paused', 'closed', 'tallied', 'certified', 'archived', 'cancelled']),
  }),
  trustee: z.string(),
  step: z
    .enum(trusteeSteps)
    .nullable()
    .meta({ description: 'What trustees do now; null while nothing is asked of any.' }),
  state: z.enum(trusteeStates).meta({
    description: 'Whether that is this trustee’s turn now, done, not needed of them, or still to come.',
  }),
  awaited: z
    .array(z.object({ names: z.array(z.string()), needed: z.int() }))
    .meta({ description: 'Of these trustees, so many are awaited.' }),
  office: z.boolean().meta({ description: 'Whether the election officer is to go on with the tally.' }),
  message: z.string().nullable().meta({
    description:
      'What urna trustee message writes, to the byte, where it is the turn of this trustee and takes one.',
  }),
})

export type TrusteeTask = z.infer<typeof trusteeTaskSchema>

/** @param from.opening reads where the opening of the closed box is: `readBoxOpening`, or what keeps its answer */
export async function readTrusteeTask(
  tx: ReadTransaction,
  { group, opening }: { group: Group; opening: typeof readBoxOpening },
  { election: slug, name }: Pick<AdmittedTrustee, 'election' | 'name'>,
): Promise<TrusteeTask> {
  const election = await findElection(tx, slug)
  const { uuid, title, status } = election
  const progress = await readTrusteeProgress(tx, election, (of) => opening(tx, group, of))
  const { step, awaited, trustees } = progress
  const state = trustees.find((each) => each.name === name)?.state ?? 'done'
  const servers = trustees.filter(({ kind }) => kind === 'server').map((each) => each.name)
  const people = awaited.filter(({ names }) => !names.some((each) => servers.includes(each)))
  const takesMessage = state === 'awaited' && step !== 'shuffle'
  return {
    ...{ election: { slug, uuid, title, status }, trustee: name, step, state },
    awaited: people,
    office: status === 'closed' && (awaited.length === 0 || people.length < awaited.length),
    message: takesMessage ? officerMessageText((await officerMessage(tx, group, election)).message) : null,
  }
}
