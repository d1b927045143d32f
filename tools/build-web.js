// Builds the web pages into dist/web: each one script and one style sheet, named by their hashes, and an HTML shell
// that loads them with their integrity; and a manifest for the server.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageMessages } from './page-messages.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Pages by name, each with its folder in web/. */
const pages = ['home', 'vote', 'board', 'results', 'nominate', 'officer']
/** Scripts that pages start as workers; pages know their addresses as `workers.NAME`. */
const workers = { seal: 'web/vote/seal.worker.ts', verify: 'web/board/verify.worker.ts' }

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  outdir: 'dist/web',
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryNames: '[name]-[hash]',
  // The addon is for Node; here libsodium is WebAssembly.
  external: ['sodium-native'],
  write: false,
  logLevel: 'warning',
}

/** @returns {Promise<void>} */
export async function buildWeb() {
  const esbuild = await import('esbuild')
  await mkdir(`${root}dist/web`, { recursive: true })
  const files = []
  const bundle = async (name, source, define) => {
    const script = { ...options, entryPoints: [{ in: source, out: name }], define }
    const plugins = [await pageMessages(esbuild, script)]
    const { outputFiles } = await esbuild.build({ ...script, plugins })
    return Promise.all(
      outputFiles.map(async ({ path, contents }) => {
        const file = basename(path)
        await writeFile(`${root}dist/web/${file}`, contents)
        files.push(file)
        return { file, contents }
      }),
    )
  }
  const addresses = {}
  for (const [name, source] of Object.entries(workers)) {
    const [script] = await bundle(name, source, {})
    addresses[name] = `/assets/${script.file}`
  }
  const icon = await readFile(`${root}templates/icon.svg`)
  const iconFile = `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`
  await writeFile(`${root}dist/web/${iconFile}`, icon)
  files.push(iconFile)
  const shell = await readFile(`${root}templates/page.html`, 'utf8')
  for (const page of pages) {
    const built = await bundle(page, `web/${page}/main.tsx`, { workers: JSON.stringify(addresses) })
    const tags = [`<link rel="icon" href="/assets/${iconFile}">`, ...built.map(tagOf)].join('\n    ')
    await writeFile(`${root}dist/web/${page}.html`, shell.replace('<!-- files -->', tags))
  }
  await buildOffline(esbuild)
  await buildVerifier(esbuild)
  await writeFile(`${root}dist/web/manifest.json`, JSON.stringify({ pages, files }))
}

/** The page that seals without a network, of which `urna vote --page` makes one file. */
async function buildOffline(esbuild) {
  const page = {
    ...options,
    entryPoints: [{ in: 'web/vote/offline.tsx', out: 'offline' }],
    entryNames: '[name]',
  }
  const { outputFiles } = await esbuild.build({ ...page, plugins: [await pageMessages(esbuild, page)] })
  for (const { path, contents } of outputFiles) {
    await writeFile(`${root}dist/web/${basename(path)}`, contents)
  }
}

/** `urna/verify` for pages of others: one module. */
async function buildVerifier(esbuild) {
  await esbuild.build({
    ...options,
    entryPoints: [{ in: 'src/verify/browser.ts', out: 'verify.browser' }],
    entryNames: '[name]',
    outdir: 'dist',
    write: true,
  })
}

function tagOf({ file, contents }) {
  const integrity = `sha384-${createHash('sha384').update(contents).digest('base64')}`
  return file.endsWith('.css')
    ? `<link rel="stylesheet" href="/assets/${file}" integrity="${integrity}">`
    : `<script type="module" src="/assets/${file}" integrity="${integrity}"></script>`
}
