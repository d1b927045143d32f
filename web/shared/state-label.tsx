import { type MessageKey, message } from './messages.ts'

const labels: Readonly<Record<string, MessageKey>> = {
  draft: 'frame.draft',
  open: 'frame.open',
  paused: 'frame.paused',
  closed: 'frame.closed',
  tallied: 'frame.tallied',
  certified: 'frame.certified',
  archived: 'frame.archived',
  cancelled: 'frame.cancelled',
}

/** How far an election is, in one word. */
export function StateLabel({ status }: { readonly status: string }) {
  const label = labels[status]
  return <span class={`state ${status}`}>{label === undefined ? status : message(label)}</span>
}
