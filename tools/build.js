// tsc checks, esbuild emits: bundles what is ours with code splitting, so that a command loads only what
// it imports, leaves the packages where they are, and writes oclif's manifest and the man pages. Zod is taken in: every command
// needs it, and to load its hundred files takes a tenth of the time in which a command starts.
import { globSync } from 'node:fs'
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { manPages, writeManPages } from './build-man.js'
import { buildSums } from './build-sums.js'
import { buildWeb } from './build-web.js'

const root = fileURLToPath(new URL('..', import.meta.url))

export async function build() {
  const esbuild = await import('esbuild')
  await rm(`${root}dist`, { recursive: true, force: true })
  await rm(`${root}oclif.manifest.json`, { force: true })
  await buildSums()
  const entryPoints = [
    'src/cli/start.ts',
    'src/cli/help.ts',
    'src/verify/node.ts',
    ...globSync(['commands/**/*.ts', 'src/**/*.worker.ts'], { cwd: root }),
  ]
  await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    outbase: '.',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    plugins: [{ name: 'zod', setup: takeZodIn }],
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  await copyFile(`${root}src/verify/public.d.ts`, `${root}dist/verify.d.ts`)
  await buildWeb()
  const { Plugin } = await import('@oclif/core/config')
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true })
  await plugin.load()
  await writeFile(`${root}oclif.manifest.json`, JSON.stringify(plugin.manifest))
  const [about, readme] = await Promise.all(
    ['package.json', 'README.md'].map((name) => readFile(root + name, 'utf8')),
  )
  const commands = Object.values(plugin.manifest.commands)
  await writeManPages(`${root}dist/man`, manPages(JSON.parse(about), readme, commands))
}

/** @param {import('esbuild').PluginBuild} build */
function takeZodIn({ onResolve }) {
  onResolve({ filter: /^zod$/ }, ({ path }) => ({ path: fileURLToPath(import.meta.resolve(path)) }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
