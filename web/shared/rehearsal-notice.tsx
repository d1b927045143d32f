import { isMarked } from '../../src/election/standing.ts'
import { message } from './messages.ts'

/** Above every page of a rehearsal, which its title gives away. */
export function RehearsalNotice({ title }: { readonly title: string }) {
  if (!isMarked(title)) return null
  return (
    <p class="rehearsal" role="note">
      {message('shared.rehearsal')}
    </p>
  )
}
