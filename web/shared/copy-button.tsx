import { useState } from 'preact/hooks'
import { message } from './messages.ts'

/** Copies a text; nothing where the browser lets no page do that. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false)
  if (navigator.clipboard === undefined) return null
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {label}
      </button>
      <span role="status">{copied && message('shared.copied')}</span>
    </>
  )
}
