import { expect, test } from 'vitest'
import { readLog } from '../../src/audit/read-log.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { draftElection } from '../support/election.ts'
import { temporaryUrna } from '../support/urna.ts'

test('what is only tried leaves nothing in the log, also where it is refused', async () => {
  const urna = await temporaryUrna()
  const { work } = urna
  try {
    const deps = { work, group: await loadGroup() }
    await draftElection(deps)
    const log = () => work.read((tx) => readLog(tx))
    const before = await log()
    const changes = { opens: '2027-01-02 10:00', closes: '2027-01-01 10:00' }
    const edit = (rehearsal: boolean) => editElection(deps, { election: undefined, changes, rehearsal })
    await expect(edit(true)).rejects.toThrow()
    await expect(edit(true)).rejects.toThrow()
    expect(await log()).toEqual(before)
    await expect(edit(false)).rejects.toThrow()
    expect((await log()).slice(before.length)).toMatchObject([{ action: 'refused' }])
  } finally {
    await urna.close()
  }
})
