import { Frame, Waiting } from '../shared/frame.tsx'
import { formatMoment, message } from '../shared/messages.ts'
import { useAnswer } from '../shared/use-answer.ts'
import { AnswerForm } from './answer-form.tsx'
import type { Nomination, Nominee } from './nomination.ts'

/** Where somebody who is nominated accepts, with a statement and a picture, or declines. */
export function NominatePage({ nominee }: { nominee: Nominee }) {
  const { answer, again } = useAnswer(nominee.read)
  const title = message('nominate.title')
  if (answer?.kind === 'refused' && answer.status < 500 && answer.status !== 429) {
    return (
      <Frame title={title}>
        <p role="alert">{message('nominate.missing')}</p>
      </Frame>
    )
  }
  if (answer?.kind !== 'answer') {
    return (
      <Frame title={title}>
        <Waiting answer={answer} again={again} />
      </Frame>
    )
  }
  const nomination = answer.value
  return (
    <Frame title={title} name={nomination.title}>
      <Facts {...nomination} />
      <p class="notice" role="status">
        {stateText(nomination.state)} {!nomination.open && message('nominate.over')}
      </p>
      {nomination.open && <AnswerForm nominee={nominee} nomination={nomination} again={again} />}
    </Frame>
  )
}

function Facts({ name, contest, nominatedBy, until, zone }: Nomination) {
  return (
    <>
      <h2>{name}</h2>
      <dl class="facts">
        <dt>{message('nominate.contest')}</dt>
        <dd>{contest}</dd>
        <dt>{message('nominate.by')}</dt>
        <dd>{nominatedBy.length === 0 ? message('nominate.nobody') : nominatedBy.join(', ')}</dd>
        <dt>{message('nominate.until')}</dt>
        <dd>{formatMoment(until, zone)}</dd>
      </dl>
      <p class="soft">{message('nominate.zone', { zone })}</p>
    </>
  )
}

function stateText(state: Nomination['state']): string {
  switch (state) {
    case 'silent':
      return message('nominate.silent')
    case 'accepted':
      return message('nominate.accepted')
    case 'declined':
      return message('nominate.declined')
    case 'withdrawn':
      return message('nominate.withdrawn')
  }
}
