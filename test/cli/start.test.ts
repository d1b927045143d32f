import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { startUrna } from '../support/urna-process.ts'

let urna: TemporaryUrna
beforeAll(async () => {
  urna = await temporaryUrna()
})
afterAll(() => urna.close())

test('who stops reading, as head does, is no failure', async () => {
  const { child, finished } = startUrna(['audit', 'show'], urna)
  child.stdout?.destroy()
  const { status, stderr } = await finished
  expect(stderr).not.toContain('Warning')
  expect(status).toBe(0)
})

test('a command that is not there is refused as any other mistake, with --json too', async () => {
  const unknown = ['election', 'opne', '--json']
  const { status, stdout } = await startUrna(unknown, urna).finished
  expect(status).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'usage', message: 'There is no command "urna election opne".' },
  })
})

test('NO_COLOR goes before what the terminal can do', async () => {
  vi.stubEnv('FORCE_COLOR', '1')
  const { stderr } = await startUrna(['count', 'nowhere.blt', '--method', 'irv'], urna).finished
  vi.unstubAllEnvs()
  expect(stderr).toContain('Error: There is no file nowhere.blt.\n')
})
