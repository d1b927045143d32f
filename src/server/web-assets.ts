import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { builtPages } from '../built-pages.ts'

/** A page or a file that pages load. */
export interface WebAsset {
  readonly type: string
  readonly body: Buffer
  readonly brotli: Buffer
}

export interface WebAssets {
  /** By the name of the page: `vote`. */
  readonly pages: ReadonlyMap<string, WebAsset>
  /** By file name, which holds a hash of the content. */
  readonly files: ReadonlyMap<string, WebAsset>
}

/** What the build leaves for the server: `tools/build-web.js`. */
interface Manifest {
  readonly pages: readonly string[]
  readonly files: readonly string[]
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
}

/** Nearly as small as the best, which would take seconds of every start. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }

/** All the web pages, in memory: no path of a request ever reaches the disk. */
export function loadWebAssets(folder = builtPages()): WebAssets {
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Manifest
  const load = (name: string): WebAsset => {
    const body = readFileSync(new URL(name, folder))
    return { type: types[name.split('.').at(-1)!]!, body, brotli: brotliCompressSync(body, compression) }
  }
  return {
    pages: new Map(manifest.pages.map((page) => [page, load(`${page}.html`)])),
    files: new Map(manifest.files.map((name) => [name, load(name)])),
  }
}
