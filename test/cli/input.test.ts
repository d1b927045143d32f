import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as create from '../../commands/election/create.ts'
import * as decrypt from '../../commands/trustee/decrypt.ts'
import * as verify from '../../commands/verify.ts'
import { refused } from '../support/run-command.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'urna-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readers = {
  'urna verify': (path: string) => refused(verify, path),
  'urna election create --from': (path: string) => refused(create, '--from', path),
  'urna trustee decrypt --key': (path: string) =>
    refused(decrypt, 'none.bel', '--key', path, '--out', join(folder, 'x')),
}

test.each(Object.entries(readers))('%s says of a file why it can not be read', async (_name, read) => {
  const missing = join(folder, 'missing')
  expect(await read(missing)).toMatchObject({
    ...{ status: 3, code: 'file-not-found', message: `There is no file ${missing}.` },
  })
  expect(await read(folder)).toMatchObject({
    ...{ status: 3, code: 'file-not-found', message: `${folder} can't be read (EISDIR).` },
  })
})
