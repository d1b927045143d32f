import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { LanguageChoice } from './language-choice.tsx'
import { message, useLanguage } from './messages.ts'
import { RehearsalNotice } from './rehearsal-notice.tsx'
import './frame.css'

/** What every page but the ballot has around it: where it leads to, its language, its title. */
export function Frame({
  title,
  name,
  wide = false,
  links = [],
  children,
}: {
  /** Of the page, in the language of the reader. */
  readonly title: string
  /** Of the election; it comes first. */
  readonly name?: string | undefined
  readonly wide?: boolean
  readonly links?: readonly { readonly href: string; readonly text: string }[]
  readonly children: ComponentChildren
}) {
  useLanguage()
  const heading = name === undefined ? title : `${title}: ${name}`
  useEffect(() => {
    document.title = `${heading} · urna`
  }, [heading])
  return (
    <>
      <a class="skip" href="#content">
        {message('frame.skip')}
      </a>
      <header class={wide ? 'wide' : ''}>
        <nav aria-label={message('frame.pages')}>
          <a href="/">{message('home.title')}</a>
          {links.map(({ href, text }) => (
            <a key={href} href={href}>
              {text}
            </a>
          ))}
        </nav>
        <LanguageChoice />
      </header>
      <RehearsalNotice title={name ?? ''} />
      <main id="content" class={wide ? 'wide' : ''} tabIndex={-1}>
        <h1>
          {name !== undefined && <span class="over">{title}</span>}
          {name ?? title}
        </h1>
        {children}
      </main>
    </>
  )
}

/** What a page says while it has nothing else to show. */
export function Waiting({ answer, again }: { answer: { kind: string } | undefined; again: () => void }) {
  if (answer === undefined) return <p role="status">{message('shared.loading')}</p>
  return (
    <div role="alert">
      <p>{message(answer.kind === 'unreachable' ? 'shared.offline' : 'frame.unexpected')}</p>
      <button type="button" onClick={again}>
        {message('shared.retry')}
      </button>
    </div>
  )
}
