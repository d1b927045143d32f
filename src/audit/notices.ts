import { type RawBuilder, type SqlBool, sql } from 'kysely'

export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** What officers are told of. Each is told from the log, as the action of an entry. */
interface Notice {
  /** In the words of webhooks: `election.opened`. */
  readonly type: string
  readonly priority: Priority
  /** Of the server, and not of one election. */
  readonly ofServer?: true
  /** A sentence; it names nobody and says nothing of how anybody voted. */
  readonly says: (title: string) => string
}

const notices = {
  'election-opened': { type: 'election.opened', priority: 'normal', says: (title) => `${title} is open.` },
  'election-reopened': {
    type: 'election.reopened',
    priority: 'normal',
    says: (title) => `${title} goes on.`,
  },
  'election-paused': { type: 'election.paused', priority: 'high', says: (title) => `${title} is paused.` },
  'opening-missed': {
    ...{ type: 'election.opening_missed', priority: 'urgent' },
    says: (title) => `${title} was to open and could not.`,
  },
  'election-closes-soon': {
    ...{ type: 'election.closes_soon', priority: 'normal' },
    says: (title) => `${title} closes within a day.`,
  },
  'close-moved': {
    ...{ type: 'election.close_moved', priority: 'normal' },
    says: (title) => `The close of ${title} was moved.`,
  },
  'election-closed': { type: 'election.closed', priority: 'normal', says: (title) => `${title} is closed.` },
  'shuffle-received': {
    ...{ type: 'trustee.contributed', priority: 'normal' },
    says: (title) => `A trustee of ${title} has shuffled; see whose turn it is.`,
  },
  'decryption-received': {
    ...{ type: 'trustee.contributed', priority: 'normal' },
    says: (title) => `A trustee of ${title} has helped to open the result; see who is waited for.`,
  },
  'trustee-refused': {
    ...{ type: 'trustee.refused', priority: 'high' },
    says: (title) => `What a trustee of ${title} sent was refused.`,
  },
  'election-tallied': {
    ...{ type: 'election.tallied', priority: 'normal' },
    says: (title) => `The result of ${title} is there: see who has won.`,
  },
  'result-published': {
    ...{ type: 'result.published', priority: 'normal' },
    says: (title) => `The result of ${title} is published.`,
  },
  'election-certified': {
    ...{ type: 'election.certified', priority: 'normal' },
    says: (title) => `${title} is certified.`,
  },
  'election-cancelled': {
    ...{ type: 'election.cancelled', priority: 'high' },
    says: (title) => `${title} is cancelled.`,
  },
  'incident-recorded': {
    ...{ type: 'incident.recorded', priority: 'high' },
    says: (title) => `Something went wrong in ${title}.`,
  },
  'incident-resolved': {
    ...{ type: 'incident.resolved', priority: 'low' },
    says: (title) => `An incident of ${title} is resolved.`,
  },
  'approval-requested': {
    ...{ type: 'approval.requested', priority: 'high' },
    says: (title) => `An officer asks for the approval of a deed in ${title}.`,
  },
  'ballots-refused-often': {
    ...{ type: 'ballots.refused_often', priority: 'high' },
    says: (title) => `Many ballots for ${title} are refused: look at why.`,
  },
  'backup-failed': {
    ...{ type: 'backup.failed', priority: 'urgent', ofServer: true },
    says: () => 'A backup failed.',
  },
  'webhook-given-up': {
    ...{ type: 'webhook.given_up', priority: 'high', ofServer: true },
    says: () => 'A webhook did not take a message, and it was given up.',
  },
} as const satisfies Readonly<Record<string, Notice>>

type NoticeAction = keyof typeof notices

export const noticeActions = Object.keys(notices) as readonly NoticeAction[]

/** What may be posted to a webhook. That one gave up is not: it would have to tell of itself. */
export const webhookTypes: readonly string[] = [
  ...new Set(
    Object.values(notices)
      .map(({ type }) => type)
      .filter((type) => type !== 'webhook.given_up'),
  ),
]

/** @returns undefined for what officers are not told of */
export function noticeOf(action: string): Notice | undefined {
  return Object.hasOwn(notices, action) ? notices[action as NoticeAction] : undefined
}

/** The condition of the index `audit_entry_notable`, word for word, with which a long log is passed over quickly. */
export const isNotable: RawBuilder<SqlBool> = sql<SqlBool>`
  action not in ('ballot-accepted', 'ballot-refused', 'code-made')`
