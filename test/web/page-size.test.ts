import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'
import { builtPages } from '../../src/built-pages.ts'

/** In kilobytes, as they go over the line: about a tenth more than today. */
const largest: Readonly<Record<string, number>> = {
  home: 15,
  vote: 40,
  board: 24,
  results: 65,
  nominate: 17,
  officer: 46,
  // Two thirds of each are libsodium.
  seal: 203,
  verify: 306,
}

const { files } = JSON.parse(readFileSync(new URL('manifest.json', builtPages()), 'utf8')) as {
  files: readonly string[]
}

test.each(Object.entries(largest))('the script %s stays below %i KB on a slow line', (name, kilobytes) => {
  const script = files.find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))!
  const body = readFileSync(new URL(script, builtPages()))
  const sent = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
  expect(sent.length / 1000).toBeLessThan(kilobytes)
})
