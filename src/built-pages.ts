import { existsSync } from 'node:fs'

/** What `tools/build-web.js` has made: beside the build's chunks, or in the build of the sources that run here. */
export function builtPages(): URL {
  const beside = new URL('./web/', import.meta.url)
  return existsSync(beside) ? beside : new URL('../dist/web/', import.meta.url)
}
