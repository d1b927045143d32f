import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { builtPages } from '../built-pages.ts'
import type { OfflinePage } from './offline-page-schema.ts'
import type { PublicElection } from './public-election.ts'

/** In bytes: above it a list of credentials would make the page too large to be sent around. */
const longestList = 4 * 1024 * 1024

/**
 * One page with everything in it, that seals ballots of this election on a machine without a network.
 * @param options.name of the file that it is made of, which the files of ballots are named after: `chapter.bel`
 * @param options.shell of every page, from templates/page.html
 */
export function offlinePage(
  election: PublicElection,
  { name, shell }: { name: string; shell: string },
): string {
  const script = built('offline.js')
  const style = built('offline.css')
  const data = JSON.stringify(carried(election, name))
  const policy = [
    "default-src 'none'",
    // libsodium is WebAssembly.
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const parts = [
    // First: it holds for what comes after it.
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer">',
    `<style>${style}</style>`,
    // No text of an election can end the element that it is in.
    `<script type="application/json" id="election">${data.replaceAll('<', '\\u003c')}</script>`,
    `<script type="module">${script}</script>`,
  ]
  return shell.replace('<!-- files -->', () => parts.join('\n    '))
}

function carried({ form, credentials, secrecy }: PublicElection, slug: string): OfflinePage {
  const { json, fingerprint, name, description } = form
  const listed = credentials !== undefined && credentials.length <= longestList
  return {
    paper: {
      ...{ slug, status: 'open', title: name, description },
      ...{ zone: 'UTC', opensAt: null, closesAt: null, recast: 'last-counts', code: 'none' },
      ...{ election: json, fingerprint, secrecy },
      ...{ credentialListSize: credentials?.length ?? 0, contests: [] },
    },
    credentials: listed ? credentials : null,
  }
}

function built(file: string): string {
  return readFileSync(new URL(file, builtPages()), 'utf8')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
