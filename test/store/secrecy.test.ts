import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { migrations } from '../../src/store/migrate.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { contestOf, ranking, type SmallElection, talliedElection } from '../tally/small-election.ts'

let election: SmallElection | undefined
afterEach(() => election?.close())

const name = 'Plantagenet-Quux'
const candidate = 'Xylophanes-Candidate'

test('no planted name or choice is in any byte of the file, its journal or its backup', async () => {
  election = await talliedElection({
    contests: [contestOf('Order', 'irv', [candidate, 'Bo', 'Cy'])],
    votes: [
      [0, [ranking(0, 1)]],
      [1, [ranking(0)]],
    ],
  })
  const { work, path, passphrase, folder } = election
  await work.write('test', async (tx) => {
    const { number } = await tx.db.selectFrom('member').select('number').executeTakeFirstOrThrow()
    await tx.db.updateTable('member').set({ name }).where('number', '=', number).execute()
  })
  // The backup is the copy that is made before an upgrade.
  const upgrade = { ...migrations, '9999-later': { up: async () => {} } }
  await (await openUrnaFile({ path, passphrase, migrations: upgrade })).close()

  const files = globSync('test.urna*', { cwd: folder }).filter(
    (file) => statSync(join(folder, file)).size > 0,
  )
  expect(files.some((file) => file.endsWith('-wal'))).toBe(true)
  expect(files.some((file) => file.includes('before-version'))).toBe(true)
  for (const file of files) {
    const bytes = readFileSync(join(folder, file))
    for (const text of [name, candidate]) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        expect(bytes.includes(Buffer.from(text, encoding)), `${text} in ${file}`).toBe(false)
      }
    }
  }
  // The same search finds them where they are readable.
  const readable = await work.read((tx) =>
    tx.db.selectFrom('member').select('name').where('name', '=', name).executeTakeFirst(),
  )
  expect(readable?.name).toBe(name)
})
