import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as count from '../../commands/count.ts'
import type { CountJson } from '../../src/report/count-json.ts'
import { json, runCommand } from '../support/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'urna-lists-'))

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const council = fileOf(
  'council.blt',
  '4 7\n100 1 0\n80 2 0\n30 3 0\n11 4 0\n0\n"Reds"\n"Blues"\n"Greens"\n"Others"\n"Council"\n',
)
const threshold = fileOf('threshold.yaml', 'threshold: { of: [5, 100], reach: at least }\n')

test('lists are shown with their seats, their quotients, and who is below the threshold', async () => {
  const run = await runCommand(count.default, [council, '--method', 'dhondt', '--rules', threshold])
  expect(run.status, run.stderr).toBe(0)
  await expect(run.stdout).toMatchFileSnapshot('../golden/count/lists.txt')
})

test('open lists: the candidates win, and the seats of their lists are told apart', async () => {
  const ballots = fileOf(
    'open.blt',
    '5 2\n6 1=4 0\n3 1=3 0\n8 2=5 0\n0\n"Reds"\n"Blues"\n"Ada"\n"Bert"\n"Cleo"\n"Open"\n',
  )
  const rules = fileOf(
    'open.yaml',
    'candidates: { Reds: [Ada, Bert], Blues: [Cleo] }\norder: preference votes\n',
  )
  const counted = (await json(count, ballots, '--method', 'sainte-lague', '--rules', rules)) as CountJson
  expect(counted.winners.map(({ name }) => name)).toEqual(['Bert', 'Cleo'])
  expect(counted.seatsWon).toEqual({ Reds: 1, Blues: 1, Ada: 0, Bert: 0, Cleo: 0 })
  expect(counted.statistics.overvotes).toBe('0')
  expect(counted.remarks).toEqual(['Each ballot marks the options that it ranks first, and no others.'])
})
