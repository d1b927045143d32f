import { type MessageKey, message } from '../shared/messages.ts'

const sentences: Readonly<Record<string, MessageKey>> = {
  'not-entitled': 'vote.refused.notEntitled',
  'recast-not-allowed': 'vote.refused.once',
  'election-paused': 'vote.refused.paused',
  'election-closed': 'vote.refused.closed',
  'election-cancelled': 'vote.refused.cancelled',
  'code-needed': 'vote.refused.codeNeeded',
  'code-wrong': 'vote.refused.codeWrong',
  'code-expired': 'vote.refused.codeExpired',
  'codes-suspended': 'vote.refused.codesSuspended',
  'other-election': 'vote.refused.changed',
}

/** Why the server does not take what was sent, in the language of the page where it is a reason that voters meet. */
export function refusalSentence({ reason, message: said }: { reason: string; message: string }): string {
  const known = sentences[reason]
  return known === undefined ? message('vote.refused.other', { reason: said || reason }) : message(known)
}
