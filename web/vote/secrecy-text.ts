import { secrecyOf } from '../../src/election/secrecy.ts'
import { message } from '../shared/messages.ts'
import type { VotingSession } from './voting-session.ts'

/** Whether ballots are sealed. The election says so that ballots are bound to, not the server. */
export function isSealed({ election }: Pick<VotingSession, 'election'>): boolean {
  return election.visibility === 'secret'
}

/**
 * Who could read the ballot, before anything is asked. Only how many key holders there are is taken from the server.
 */
export function secrecyText({ election, paper }: Pick<VotingSession, 'election' | 'paper'>): string {
  const { visibility, liveVoting } = election
  const { keyHolders } = paper.secrecy
  const { kind, live } = secrecyOf({ visibility, keyHolders, anonymised: false, liveVoting })
  switch (kind) {
    case 'secret':
      return `${message('vote.about.sealed')} ${message('vote.about.secret', { count: keyHolders ?? 0 })}`
    case 'confidential':
      return `${message('vote.about.sealed')} ${message('vote.about.confidential')}`
    case 'sealed':
      return `${message('vote.about.sealed')} ${message('vote.about.keys')}`
    case 'named':
      return `${message('vote.about.named')}${live ? ` ${message('vote.about.live')}` : ''}`
    case 'open':
    // Neither has a ballot to be cast.
    case 'anonymised':
    case 'manual':
      return `${message('vote.about.open')}${live ? ` ${message('vote.about.live')}` : ''}`
  }
}
