import type { TrusteeTask } from '../tally/remote/trustee-task.ts'
import type { RemoteWork } from '../tally/remote/work-remotely.ts'
import { printable } from './output.ts'
import { kindNames } from './received-lines.ts'

/** What a trustee reads at the end: who is awaited, and what comes next. */
export function workedLines(
  { server, steps, task }: RemoteWork,
  invitation: string,
): { notes: string[]; next: string } {
  const nothing =
    steps.length === 0
      ? [`Nothing is awaited of you now, ${printable(task.trustee)}: ${standing(task)}.`]
      : []
  const over = ['tallied', 'certified', 'archived', 'cancelled'].includes(task.election.status)
  const key = steps.find(({ did }) => did === 'public_key')
  const next =
    key !== undefined
      ? `urna trustee backup ${printable(key.keyFile)}`
      : over
        ? `urna board watch ${printable(server)}/board/${task.election.slug} --keep FOLDER`
        : `urna trustee work ${printable(invitation)}`
  return { notes: [...nothing, waiting(task)], next }
}

function standing({ state, step }: TrusteeTask): string {
  if (step === null) return 'no trustee has anything to do'
  const what = kindNames[step]
  if (state === 'done') return `your ${what} is there`
  if (state === 'spare') return `enough of your group have done their part, and your ${what} is not needed`
  return 'others come first'
}

/** Whom everything waits for. */
function waiting({ awaited, office, step, election: { status } }: TrusteeTask): string {
  const people = awaited.map(({ names, needed }) => {
    const listed = names.map(printable).join(', ')
    return needed === names.length ? listed : `${needed} of ${listed}`
  })
  const who = [...(office ? ['the election officer (urna tally run)'] : []), ...people]
  if (step !== null && who.length > 0) return `Awaited: ${who.join('; ')}. Then type the same again.`
  switch (status) {
    case 'draft':
      return 'Everybody has done their part. The election officer opens the vote; after the close, type the same again.'
    case 'open':
    case 'paused':
      return 'The vote goes on. After the close, type the same again.'
    case 'closed':
      return 'The election officer goes on with the tally.'
    case 'cancelled':
      return 'The election was cancelled: its box is never opened.'
    default:
      return 'The box is open and counted; your work is done.'
  }
}
