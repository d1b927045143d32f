import { ballotFileName } from '../../src/voting/ballot-file-name.ts'
import type { Receipt } from '../../src/voting/ballot-paper-schema.ts'
import { pageAddress } from '../shared/addresses.ts'
import { CopyButton } from '../shared/copy-button.tsx'
import { message } from '../shared/messages.ts'
import { saveFile } from './save-file.ts'
import type { PendingBallot } from './sealed-store.ts'
import { StepHeading } from './step-heading.tsx'

interface ReceiptStepProps {
  readonly name: string
  /** Whether it is only signed. */
  readonly clear: boolean
  readonly slug: string
  readonly sealed: PendingBallot
  readonly receipt: Receipt
  readonly finish: () => void
}

/** The ballot is in the box: the tracking code, and how to find it on the board. */
export function ReceiptStep({ name, clear, slug, sealed, receipt, finish }: ReceiptStepProps) {
  return (
    <>
      <StepHeading title={`${message('vote.receipt.title')} – ${name}`}>
        {message('vote.receipt.title')}
      </StepHeading>
      {receipt.outcome === 'recast' && <p class="notice">{message('vote.receipt.recast')}</p>}
      {receipt.outcome === 'already' && <p class="notice">{message('vote.receipt.already')}</p>}
      <TrackingCode code={sealed.trackingCode} />
      <p>{message('vote.receipt.check')}</p>
      <p>
        <a class="button" href={pageAddress('board', slug)}>
          {message('vote.receipt.board')}
        </a>
      </p>
      <p>{message(clear ? 'vote.receipt.clear' : 'vote.receipt.secret')}</p>
      <p class="actions">
        <button
          type="button"
          class="quiet"
          onClick={() => saveFile(ballotFileName(slug, sealed.trackingCode), sealed.json)}
        >
          {message('vote.save')}
        </button>
        <button type="button" class="quiet" onClick={finish}>
          {message('vote.finish')}
        </button>
      </p>
    </>
  )
}

export function TrackingCode({ code }: { code: string }) {
  return (
    <>
      <h2>{message('vote.receipt.code')}</h2>
      <p>
        <code class="code">{code}</code>
      </p>
      <p>
        <CopyButton text={code} label={message('vote.receipt.copy')} />
      </p>
    </>
  )
}
