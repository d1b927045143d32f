import { message } from '../shared/messages.ts'
import type { PaperOption } from './paper.ts'

/** Who or what an option is: name, party, symbol, photo, and the candidates of a list. */
export function OptionLabel({ option }: { option: PaperOption }) {
  const { name, party, symbol, photo, members } = option
  const beside = [party, symbol].filter((text) => text !== null && text !== '').join(' · ')
  return (
    <>
      {photo !== null && <img class="photo" src={photo} alt="" width="56" height="56" />}
      <span class="who">
        <span class="name">{name}</span>
        {beside !== '' && <span class="beside">{beside}</span>}
        {members.length > 0 && <span class="beside">{members.join(', ')}</span>}
      </span>
    </>
  )
}

/** What a candidate says, for those who want to read it. */
export function OptionStatement({ option: { name, statement, photo } }: { option: PaperOption }) {
  if (statement === '') return null
  return (
    <details class="statement">
      <summary>{message('vote.about.option', { name })}</summary>
      {photo !== null && <img src={photo} alt={message('vote.photo', { name })} loading="lazy" />}
      {statement.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </details>
  )
}
