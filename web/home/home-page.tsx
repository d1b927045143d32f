import * as z from 'zod/mini'
import { pageAddress } from '../shared/addresses.ts'
import { ask } from '../shared/answers.ts'
import { Frame, Waiting } from '../shared/frame.tsx'
import { isVoting } from '../shared/is-voting.ts'
import { formatMoment, type MessageKey, message } from '../shared/messages.ts'
import { StateLabel } from '../shared/state-label.tsx'
import { useAnswer } from '../shared/use-answer.ts'

const moment = z.nullable(z.string())

const election = z.object({
  election: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.string(),
  zone: z.string(),
  closesAt: moment,
  openedAt: z.string(),
  closedAt: moment,
  publishedAt: moment,
})

const publicElections = z.object({ organisation: z.string(), elections: z.array(election) })

type Election = z.infer<typeof election>

const question = () => ask('/api/elections/', publicElections)

/** The elections of this host's organisation that have opened. */
export function HomePage() {
  const { answer, again } = useAnswer(question)
  if (answer?.kind !== 'answer') {
    return (
      <Frame title={message('home.title')}>
        <Waiting answer={answer} again={again} />
      </Frame>
    )
  }
  const { organisation, elections } = answer.value
  const open = elections.filter(({ status }) => isVoting(status))
  const published = elections.filter(({ publishedAt }) => publishedAt !== null)
  const closed = elections.filter(({ status, publishedAt }) => !isVoting(status) && publishedAt === null)
  return (
    <Frame title={message('home.title')} name={organisation}>
      {elections.length === 0 && <p>{message('home.none')}</p>}
      <Group heading="home.open" elections={open} />
      <Group heading="home.closed" elections={closed} />
      <Group heading="home.published" elections={published} />
    </Frame>
  )
}

function Group({ heading, elections }: { heading: MessageKey; elections: readonly Election[] }) {
  if (elections.length === 0) return null
  return (
    <section>
      <h2>{message(heading)}</h2>
      <ul class="elections">
        {elections.map((each) => (
          <Entry key={each.election} {...each} />
        ))}
      </ul>
    </section>
  )
}

function Entry({
  election: slug,
  title,
  description,
  status,
  zone,
  closesAt,
  closedAt,
  publishedAt,
}: Election) {
  const open = isVoting(status)
  return (
    <li>
      <h3>{title}</h3>
      {description !== '' && <p>{description}</p>}
      <p>
        <StateLabel status={status} />
      </p>
      {open && closesAt !== null && <p>{message('home.closes', { moment: formatMoment(closesAt, zone) })}</p>}
      {closedAt !== null && <p>{message('home.closedAt', { moment: formatMoment(closedAt, zone) })}</p>}
      {(closesAt ?? closedAt) !== null && <p class="soft">{message('home.zone', { zone })}</p>}
      <p class="links">
        {open && (
          <a class="button" href={pageAddress('vote', slug)}>
            {message('home.vote')}
            <span class="hidden">: {title}</span>
          </a>
        )}
        {publishedAt !== null && (
          <a class="button" href={pageAddress('results', slug)}>
            {message('home.result')}
            <span class="hidden">: {title}</span>
          </a>
        )}
        <a href={pageAddress('board', slug)}>
          {message('home.board')}
          <span class="hidden">: {title}</span>
        </a>
      </p>
    </li>
  )
}
