import { readFile } from 'node:fs/promises'

/**
 * A plugin that leaves of `web/messages` only what a page says: the messages whose names stand in its sources, where
 * they are always written whole.
 * @param esbuild
 * @param {import('esbuild').BuildOptions} options of the page, with its entry point
 * @returns {Promise<import('esbuild').Plugin>}
 */
export async function pageMessages(esbuild, options) {
  const { metafile } = await esbuild.build({ ...options, metafile: true, write: false })
  const sources = Object.keys(metafile.inputs).filter((path) => /^web\/.*\.tsx?$/.test(path))
  const texts = await Promise.all(sources.map((path) => readFile(`${options.absWorkingDir}/${path}`, 'utf8')))
  const quoted = new Set(
    texts.flatMap((text) => [...text.matchAll(/(['"])([\w.]+)\1/g)].map(([, , key]) => key)),
  )
  return {
    name: 'page-messages',
    setup(build) {
      build.onLoad({ filter: /\/web\/messages\/\w+\.json$/ }, async ({ path }) => {
        const sections = Object.entries(JSON.parse(await readFile(path, 'utf8'))).map(
          ([section, messages]) => [
            section,
            Object.fromEntries(Object.entries(messages).filter(([name]) => quoted.has(`${section}.${name}`))),
          ],
        )
        return { contents: JSON.stringify(Object.fromEntries(sections)), loader: 'json' }
      })
    },
  }
}
