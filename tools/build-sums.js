// Compiles the arithmetic of wasm/ and writes it as a module, so that Node, tests and pages get it the same way.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @returns {Promise<void>} */
export async function buildSums() {
  const files = new Map()
  const { error, stderr } = await asc.main(
    [
      'wasm/sums.ts',
      '--baseDir',
      root,
      '--outFile',
      'sums.wasm',
      '-O3',
      '--runtime',
      'stub',
      '--noAssert',
      '--use',
      'abort=',
    ],
    { writeFile: (name, contents) => void files.set(name, contents) },
  )
  if (error) throw new Error(`wasm/ does not compile: ${stderr}`)
  const code = Buffer.from(files.get('sums.wasm')).toString('base64')
  await writeFile(`${root}src/sealing/sums-code.ts`, `export const sumsCode =\n  '${code}'\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSums()
