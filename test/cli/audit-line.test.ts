import { afterEach, beforeEach, expect, test } from 'vitest'
import ElectionList from '../../commands/election/list.ts'
import OrganisationEdit from '../../commands/organisation/edit.ts'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { auditOutput } from '../../src/cli/audit-output.ts'
import { runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let given: string | undefined
beforeEach(async () => {
  urna = await temporaryUrna()
  given = process.env.URNA_PASSPHRASE
  process.env.URNA_PASSPHRASE = urna.passphrase
})
afterEach(async () => {
  if (given === undefined) delete process.env.URNA_PASSPHRASE
  else process.env.URNA_PASSPHRASE = given
  await urna.close()
})

const edit = (...argv: string[]) => runCommand(OrganisationEdit, ['--file', urna.path, ...argv])

test('whatever moves the audit log says where it stands then, before the next command', async () => {
  const { stderr } = await edit('--name', 'Rail Workers, North')
  const { entries, head } = await verifyAuditLog(urna.work)
  expect(stderr).toContain(`Audit log: ${entries} entries, head ${head}\nNext: `)
})

test('the same in --json', async () => {
  const { stdout } = await edit('--name', 'Rail Workers, North', '--json')
  expect(auditOutput.parse(JSON.parse(stdout).audit)).toEqual(await verifyAuditLog(urna.work))
})

test('what changes nothing says nothing of the log', async () => {
  const { stdout, stderr } = await runCommand(ElectionList, ['--file', urna.path])
  const unchanged = await edit('--name', 'Rail Workers, Northern Chapter', '--json')
  expect(stdout + stderr).not.toContain('Audit log')
  expect(JSON.parse(unchanged.stdout)).not.toHaveProperty('audit')
})
