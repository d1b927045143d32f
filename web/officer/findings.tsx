import type { Dashboard } from '../../src/election/dashboard-schema.ts'
import { message } from '../shared/messages.ts'

/** What `urna doctor` finds of a draft. */
export function Findings({ dashboard: { status, findings } }: { readonly dashboard: Dashboard }) {
  if (status !== 'draft') return null
  return (
    <section>
      <h2>{message('officer.findings')}</h2>
      {findings.every(({ level }) => level === 'warns') && (
        <p class="good">{message('officer.noFindings')}</p>
      )}
      <ul class="findings">
        {findings.map(({ level, message: said, command }) => (
          <li key={said}>
            <strong class={level === 'blocks' ? 'bad' : ''}>
              {message(level === 'blocks' ? 'officer.blocks' : 'officer.warns')}
            </strong>
            {/* What the program finds, it says in English. */}
            <span lang="en">: {said}</span>
            {command !== null && (
              <>
                <br />
                <code class="code">{command}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
