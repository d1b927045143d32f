import { existsSync } from 'node:fs'

/**
 * Where the code of a thread is: in the build, below its chunks or beside another thread's code; or in the sources,
 * where Node runs TypeScript.
 * @param name of a file in src, without its ending: `voting/verify.worker`
 */
export function workerScript(name: string): URL | undefined {
  const built = [`./src/${name}.js`, `../${name}.js`].map((path) => new URL(path, import.meta.url))
  const source = new URL(`../${name}.ts`, import.meta.url)
  const sources = process.features.typescript === false ? [] : [source]
  return [...built, ...sources].find((script) => existsSync(script))
}

/** @throws Error where Node can't run the code of a thread: from sources, before it understood TypeScript */
export function requireWorkerScript(name: string): URL {
  const script = workerScript(name)
  if (script === undefined) throw new Error('urna has to be built for this Node: npm run build')
  return script
}
