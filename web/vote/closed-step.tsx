import type { BallotPaper } from '../../src/voting/ballot-paper-schema.ts'
import { pageAddress } from '../shared/addresses.ts'
import { formatMoment, message } from '../shared/messages.ts'
import { StepHeading } from './step-heading.tsx'

/** Nobody can vote now: why, and what there is to see instead. */
export function ClosedStep({ paper }: { paper: BallotPaper }) {
  const { slug, title, status, opensAt, closesAt, zone } = paper
  const voted = status !== 'draft' && status !== 'cancelled'
  return (
    <>
      <StepHeading title={title}>{title}</StepHeading>
      {status === 'draft' && (
        <p>
          {message('vote.status.draft')} {opensAt !== null && <strong>{formatMoment(opensAt, zone)}</strong>}
        </p>
      )}
      {status === 'cancelled' && <p>{message('vote.status.cancelled')}</p>}
      {voted && (
        <p>
          {message('vote.status.closed')}{' '}
          {closesAt !== null && <strong>{formatMoment(closesAt, zone)}</strong>}
        </p>
      )}
      {voted && (
        <p>
          <a class="button" href={pageAddress('board', slug)}>
            {message('vote.receipt.board')}
          </a>
        </p>
      )}
    </>
  )
}
