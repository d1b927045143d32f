import { message } from '../shared/messages.ts'
import type { Wait } from './patience.ts'

/** Says that the page waits for the server, why, and that it will try again. */
export function WaitNotice({ wait, retry }: { wait: Wait | undefined; retry: () => void }) {
  return (
    <div role="status">
      {wait !== undefined && (
        <p class="notice">
          {wait.why === 'offline'
            ? message('vote.wait.offline')
            : message('vote.wait.busy', { count: wait.seconds })}{' '}
          <button type="button" class="quiet" onClick={retry}>
            {message('shared.retry')}
          </button>
        </p>
      )}
    </div>
  )
}
