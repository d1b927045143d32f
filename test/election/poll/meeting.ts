import { viewPoll } from '../../../src/election/poll/view-poll.ts'
import { createKey } from '../../../src/organisation/keys.ts'
import { addOfficer } from '../../../src/organisation/officers.ts'
import { giveVote } from '../../../src/register/give-vote.ts'
import { setPresence } from '../../../src/register/presence.ts'
import { type Answer, ask } from '../../support/office.ts'
import { type Serving, serve } from '../../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../../support/urna.ts'
import { group } from '../../voting/fixtures.ts'

/** A member of a meeting, by the number that the service knows. */
export interface MeetingMember {
  readonly id: number
  readonly groups: readonly number[]
  readonly present?: boolean
  readonly delegated_to?: number | null
  /** In votes. */
  readonly weight?: number
}

export interface Sent {
  readonly method?: string
  readonly body?: unknown
  /** Number of the member who is signed in. */
  readonly acting?: number | string
  readonly key?: string | null
}

/** A service that holds polls over the network, with its key and the members of its meeting. */
export interface Meeting extends TemporaryUrna {
  readonly serving: Serving
  readonly key: string
  send(path: string, sent?: Sent): Promise<Answer>
  /** @returns its number */
  create(changes?: Readonly<Record<string, unknown>>): Promise<number>
  vote(poll: number, acting: number | string, body: unknown): Promise<Answer>
  view(poll: number): ReturnType<typeof viewPoll>
  join(...members: readonly MeetingMember[]): Promise<void>
  keyFor(role: 'owner' | 'admin' | 'moderator', dryRun?: boolean): Promise<string>
}

/** In which group members vote, unless something else is said. */
export const entitled = 40

export const motion = {
  ...{ title: 'A motion', content_object_id: 'motion/5', meeting_id: 1, method: 'approval' },
  method_config: { allow_abstain: true, onehundred_percent_base: 'valid' },
  ...{ visibility: 'open', entitled_group_ids: [entitled] },
}

export async function openMeeting(members: readonly MeetingMember[] = []): Promise<Meeting> {
  const urna = await temporaryUrna()
  const serving = await serve(urna, { limits: { requests: 1e6, failedKeys: 1e6 } })
  const { work } = urna
  let officers = 0
  const keyFor = async (role: 'owner' | 'admin' | 'moderator', dryRun = false) => {
    officers += 1
    const email = `${role}${officers}@example.org`
    await addOfficer(work, { organisation: undefined, name: `Officer ${officers}`, email, role })
    const asked = { organisation: undefined, officer: email, scopes: ['all'], days: 30, dryRun }
    return (await createKey(work, asked)).key
  }
  const key = await keyFor('owner')
  const send = (path: string, { method = 'POST', body, acting, key: shown = key }: Sent = {}) =>
    ask(`${serving.url}/system/vote/${path}`, {
      ...{ method, ...(body !== undefined && { body }), ...(shown !== null && { key: shown }) },
      headers: acting === undefined ? {} : { 'x-acting-member': String(acting) },
    })
  const join = async (...joining: readonly MeetingMember[]) => {
    await work.write('join', async (tx) => {
      for (const { id, groups, weight = 1 } of joining) {
        await tx.db
          .insertInto('member')
          .values({
            ...{ organisation_id: 1, number: String(id), name: `Member ${id}`, custom: '{}' },
            ...{ status: groups.length === 0 ? null : String(groups[0]), weight_micros: weight * 1_000_000 },
            ...{ created_at: tx.now, updated_at: tx.now },
          })
          .execute()
      }
    })
    const present = joining.filter((member) => member.present ?? true).map(({ id }) => String(id))
    await setPresence(work, { organisation: undefined, present, absent: [], nobody: false })
    for (const { id, delegated_to: to } of joining) {
      if (to == null) continue
      const given = { represented: String(id), acting: String(to), reason: 'of the meeting' }
      await giveVote(work, { ...given, organisation: undefined, election: undefined })
    }
  }
  await join(...members)
  return {
    ...{ ...urna, serving, key, send, join, keyFor },
    create: async (changes = {}) => {
      const { status, body } = await send('poll/', { body: { ...motion, ...changes } })
      if (status !== 200) throw new Error(`the poll is not made: ${JSON.stringify(body)}`)
      return (body as { poll_id: number }).poll_id
    },
    vote: (poll, acting, body) => send(`poll/${poll}/vote`, { acting, body }),
    view: (poll) => viewPoll({ work, group }, { organisationId: 1, poll }),
    close: async () => {
      await serving.close()
      await urna.close()
    },
  }
}
