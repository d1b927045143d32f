import type { ComponentChildren, HTMLAttributes } from 'preact'
import { type MessageKey, message } from '../shared/messages.ts'
import { OptionLabel } from './option-label.tsx'
import type { PageContest } from './paper.ts'
import { joinAbove, moveDown, moveUp, type Ranks, rankOf, withoutOption } from './ranking.ts'

interface RankedOptionProps {
  readonly contest: PageContest
  readonly ranks: Ranks
  readonly option: number
  /** Whether options may share a rank. */
  readonly equal: boolean
  readonly id: string
  readonly lifted: boolean
  readonly drag: HTMLAttributes<HTMLDivElement>
  /** @param focus ids of what to focus then, the first that is there */
  readonly set: (ranks: Ranks, option: number, ...focus: string[]) => void
}

/** An option with its rank, and buttons to move it. */
export function RankedOption({ contest, ranks, option, equal, id, lifted, drag, set }: RankedOptionProps) {
  const shown = contest.options.find(({ index }) => index === option)!
  const { name } = shown
  const rank = rankOf(ranks, option)
  const shared = ranks[rank]!.length > 1
  const button = (deed: 'up' | 'down' | 'join' | 'out', possible: boolean, changed: () => Ranks) => (
    <MoveButton
      id={`${id}-${deed}`}
      label={message(labels[deed], { name })}
      possible={possible}
      move={() => set(changed(), option, `${id}-${deed}`, `${id}-add`)}
    >
      {signs[deed]}
    </MoveButton>
  )
  return (
    <div class={lifted ? 'entry lifted' : 'entry'} {...drag}>
      <span class="handle" aria-hidden="true" />
      <OptionLabel option={shown} />
      <span class="moves">
        {button('up', shared || rank > 0, () => moveUp(ranks, option))}
        {button('down', shared || rank < ranks.length - 1, () => moveDown(ranks, option))}
        {equal && button('join', rank > 0, () => joinAbove(ranks, option))}
        {button('out', true, () => withoutOption(ranks, option))}
      </span>
    </div>
  )
}

const labels = {
  up: 'vote.rank.up',
  down: 'vote.rank.down',
  join: 'vote.rank.join',
  out: 'vote.rank.out',
} as const satisfies Record<string, MessageKey>

const signs = { up: '↑', down: '↓', join: '=', out: '×' }

interface MoveButtonProps {
  readonly id: string
  readonly label: string
  readonly possible: boolean
  readonly move: () => void
  readonly children: ComponentChildren
}

/** Stays where it is when it can do nothing, so that the focus is not lost at the ends of the ranking. */
function MoveButton({ id, label, possible, move, children }: MoveButtonProps) {
  return (
    <button
      type="button"
      class="quiet move"
      {...{ id }}
      aria-label={label}
      title={label}
      aria-disabled={!possible}
      onClick={() => possible && move()}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  )
}
