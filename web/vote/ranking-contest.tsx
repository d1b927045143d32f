import { useEffect, useRef } from 'preact/hooks'
import { message } from '../shared/messages.ts'
import { BlankChoice } from './blank-choice.tsx'
import { instruction } from './contest-text.ts'
import { type ContestViewProps, fieldId } from './contest-view.ts'
import { OptionLabel, OptionStatement } from './option-label.tsx'
import { optionName } from './paper.ts'
import { RankedOption } from './ranked-option.tsx'
import { appendOption, putOption, type Ranks, rankOf, withoutOption } from './ranking.ts'
import { type DropPlace, useRankDrag } from './use-rank-drag.ts'
import './ranking.css'

/** A ranking: by drag and drop, by tapping one option after the other, and by buttons that the keyboard reaches. */
export function RankingContest(props: ContestViewProps<'ranking'>) {
  const { contest, draft, change, announce } = props
  const { ranks } = draft
  const ranked = useRef<HTMLOListElement>(null)
  const equal = contest.rules.style === 'ranking' && contest.rules.equalRanks
  const pool = contest.options.filter(({ index }) => rankOf(ranks, index) < 0)
  const focusNext = useRef<readonly string[]>([])

  // What was pressed is elsewhere now, or gone: the focus goes along, or to what comes next.
  useEffect(() => {
    const ids = focusNext.current
    focusNext.current = []
    const next = ids.map((id) => document.getElementById(id)).find((element) => element !== null)
    next?.focus()
  })

  function set(changed: Ranks, option: number, ...focus: string[]): void {
    focusNext.current = focus
    change({ ...draft, ranks: changed })
    const rank = rankOf(changed, option)
    const name = optionName(contest, option)
    announce(
      rank < 0
        ? message('vote.rank.saidOut', { name })
        : message('vote.rank.said', { name, rank: rank + 1, of: changed.length }),
    )
  }

  function add(option: number): void {
    const place = pool.findIndex(({ index }) => index === option)
    const next = pool[place + 1] ?? pool[place - 1]
    set(appendOption(ranks, option), option, `${idOf(next?.index)}-add`, `${idOf(option)}-up`)
  }

  const idOf = (option: number | undefined) => `${fieldId(contest)}-option-${option}`

  function placeAt(option: number, y: number): DropPlace | undefined {
    const list = ranked.current
    if (list === null) return undefined
    for (const element of list.querySelectorAll<HTMLElement>('[data-rank]')) {
      const { top, bottom } = element.getBoundingClientRect()
      const rank = Number(element.dataset.rank)
      const third = (bottom - top) / (equal ? 3 : 2)
      if (y < top + third) return { before: rank }
      if (equal && y <= bottom - third && !ranks[rank]!.includes(option)) return { into: rank }
    }
    const { bottom } = list.getBoundingClientRect()
    // Some room below, where the last rank is easily missed.
    return y <= bottom + 24 ? { before: ranks.length } : 'out'
  }

  const { drag, handlers: taking } = useRankDrag(placeAt, (option, place) => {
    if (place !== 'out') set(putOption(ranks, option, place), option)
    else if (rankOf(ranks, option) >= 0) set(withoutOption(ranks, option), option)
  })
  // A field that is disabled still hears a pointer.
  const handlers = draft.blank ? () => ({}) : taking
  const target = drag?.place === 'out' ? undefined : drag?.place
  const lift = (option: number) =>
    drag?.option === option ? { style: { transform: `translateY(${drag.moved}px)` } } : {}

  return (
    <fieldset id={fieldId(contest)} tabIndex={-1} class={drag === undefined ? 'ranking' : 'ranking dragging'}>
      <legend>{instruction(contest)}</legend>
      <fieldset disabled={draft.blank}>
        <h2 id={`${fieldId(contest)}-ranked`}>{message('vote.rank.yours')}</h2>
        <ol ref={ranked} class="ranked" aria-labelledby={`${fieldId(contest)}-ranked`}>
          {ranks.length === 0 && <li class="empty">{message('vote.rank.empty')}</li>}
          {ranks.map((rank, position) => (
            <li key={rank.join()} data-rank={position} class={dropClass(target, position, ranks.length)}>
              <span class="rank">{position + 1}</span>
              <div class="sharing">
                {rank.map((option) => (
                  <RankedOption
                    key={option}
                    {...{ contest, ranks, option, equal, set }}
                    id={idOf(option)}
                    lifted={drag?.option === option}
                    drag={{ ...handlers(option), ...lift(option) }}
                  />
                ))}
              </div>
            </li>
          ))}
        </ol>
        {pool.length > 0 && (
          <>
            <h2 id={`${fieldId(contest)}-pool`}>{message('vote.rank.pool')}</h2>
            <ul class="pool" aria-labelledby={`${fieldId(contest)}-pool`}>
              {pool.map((option) => (
                <li
                  key={option.index}
                  class={drag?.option === option.index ? 'option lifted' : 'option'}
                  {...handlers(option.index)}
                  {...lift(option.index)}
                >
                  <div class="entry">
                    <span class="handle" aria-hidden="true" />
                    <OptionLabel option={option} />
                    <button
                      type="button"
                      class="quiet"
                      id={`${idOf(option.index)}-add`}
                      onClick={() => add(option.index)}
                      aria-label={message('vote.rank.addNamed', {
                        name: option.name,
                        rank: ranks.length + 1,
                      })}
                    >
                      {message('vote.rank.add', { rank: ranks.length + 1 })}
                    </button>
                  </div>
                  <OptionStatement option={option} />
                </li>
              ))}
            </ul>
          </>
        )}
      </fieldset>
      <BlankChoice {...props} />
    </fieldset>
  )
}

function dropClass(place: Exclude<DropPlace, 'out'> | undefined, rank: number, ranks: number): string {
  if (place === undefined) return ''
  if ('into' in place) return place.into === rank ? 'drop-into' : ''
  if (place.before === rank) return 'drop-before'
  return place.before === ranks && rank === ranks - 1 ? 'drop-after' : ''
}
