import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import DummyService from '../../commands/dummy-service.ts'
import * as voterCheck from '../../commands/voter/check.ts'
import * as voterFetch from '../../commands/voter/fetch.ts'
import * as voterList from '../../commands/voter/list.ts'
import * as voterService from '../../commands/voter/service.ts'
import { type ListService, listService, sendJson } from '../support/list-service.ts'
import { json, refused, runCommand } from '../support/run-command.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let service: ListService
let headerFile: string
let listed: object[]
const seen = new Set<string | undefined>()
beforeEach(async () => {
  urna = await temporaryUrna({ organisation: 'Club' })
  process.env.URNA_PASSPHRASE = urna.passphrase
  process.env.URNA_FILE = urna.path
  headerFile = join(urna.folder, 'service.header')
  writeFileSync(headerFile, 'X-Api-Key: k3y-of-the-club\n')
  listed = [
    { number: '1', name: 'Ada Abreu', status: 'active', chapter: 'Mills' },
    { number: '2', name: 'Ben Berg', email: 'ben@example.org', joined: '2020-05-01' },
    { number: '3', name: 'Cy Cole', email: 'nowhere' },
  ]
  service = await listService((request, response) => {
    seen.add(request.headers['x-api-key'] as string | undefined)
    const page = {
      members: listed,
      next: null,
      total: listed.length,
      snapshot: JSON.stringify(listed).length,
    }
    sendJson(response, { ...page, snapshot: `s${page.snapshot}` })
  })
})
afterEach(async () => {
  delete process.env.URNA_PASSPHRASE
  delete process.env.URNA_FILE
  await service.close()
  await urna.close()
})

/** Without what another run would have otherwise. */
const steady = (text: string) => text.replaceAll(service.url, 'https://members.example/')

test('members are fetched from a service, after showing what would change', async () => {
  expect(await refused(voterFetch, '--yes')).toMatchObject({ status: 3, code: 'member-service-missing' })
  expect(await json(voterService, service.url, '--max-age', '12h')).toMatchObject({
    ...{ organisation: 'club', url: service.url, maxAgeMinutes: 720, fetchedAt: null, changed: true },
  })
  expect(await refused(voterFetch)).toMatchObject({ status: 2, code: 'missing-input' })
  const seenFirst = await runCommand(voterFetch.default, ['--dry-run'])
  expect(await json(voterList)).toMatchObject({ total: 0 })
  await expect(steady(seenFirst.stdout)).toMatchFileSnapshot('../golden/register/fetch-preview.txt')

  const rejects = join(urna.folder, 'rejected.csv')
  expect(await json(voterFetch, '--yes', '--header-file', headerFile, '--rejects', rejects)).toMatchObject({
    ...{ organisation: 'club', outcome: 'list', applied: true, listed: 3 },
    changes: {
      ...{ new: 2, rejected: 1, left: 0, rejects },
      first: { rejected: [{ number: '3', problems: [{ column: 'email' }] }] },
    },
  })
  expect(seen).toContain('k3y-of-the-club')
  expect(readFileSync(rejects, 'utf8')).toContain('Cy Cole')
  expect(await json(voterFetch, '--yes', '--not-older', '1h')).toMatchObject({
    outcome: 'fresh',
    changes: null,
  })

  listed = [listed[0]!]
  await runCommand(voterFetch.default, ['--yes'])
  expect(await json(voterList)).toMatchObject({
    people: [
      { number: '1', leftAt: null },
      { number: '2', leftAt: expect.any(String) },
    ],
  })
  const log = await urna.work.read(({ db }) => db.selectFrom('audit_entry').select('details').execute())
  expect(JSON.stringify(log)).not.toContain('k3y')
})

test('a service is shown, changed and given up; a header that is none is not repeated', async () => {
  await json(voterService, service.url)
  expect(await json(voterService)).toMatchObject({ maxAgeMinutes: 1440, changed: false })
  expect(await json(voterService, '--max-age', '2d')).toMatchObject({ url: service.url, maxAgeMinutes: 2880 })
  expect(await refused(voterService, 'http://members.example/')).toMatchObject({
    code: 'member-service-invalid',
  })
  writeFileSync(headerFile, 'only-the-k3y')
  const wrong = await runCommand(voterFetch.default, ['--yes', '--header-file', headerFile])
  expect(wrong.status).toBe(2)
  expect(wrong.stdout + wrong.stderr).not.toContain('k3y')
  expect(await json(voterService, '--remove')).toMatchObject({ removed: true })
  expect(await refused(voterService)).toMatchObject({ code: 'member-service-missing' })
})

test('a member in doubt is looked up, and a service that is down is said to be', async () => {
  await json(voterService, service.url)
  await runCommand(voterFetch.default, ['--yes'])
  // It tells of a list where it should tell of one member.
  expect(await refused(voterCheck, '1')).toMatchObject({ status: 6, code: 'member-service-distrusted' })
  await service.close()
  const { stdout, stderr } = await runCommand(voterCheck.default, ['2'])
  expect(stdout).toContain('the service does not answer')
  expect(stderr).toContain('Next: urna voter list')
})

test('a service to try it is one of this machine alone, and says how to go on', async () => {
  const before = new Set(process.listeners('SIGTERM'))
  const running = runCommand(DummyService, ['--port', '0', '--members', '3', '--header-file', headerFile])
  const stop = await vi.waitUntil(() => process.listeners('SIGTERM').find((each) => !before.has(each)), {
    timeout: 60_000,
  })
  stop('SIGTERM')
  const { stderr, status } = await running
  expect(status).toBe(0)
  expect(stderr).toMatch(/A list of 3 made-up members is at http:\/\/127\.0\.0\.1:\d+\//)
  expect(stderr).toMatch(/Next: urna voter service http:/)
})
