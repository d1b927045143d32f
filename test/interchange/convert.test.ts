import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import * as convert from '../../commands/convert.ts'
import { formats } from '../../src/interchange/formats.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

const blt = '3 2\n-2\n3 1 2 0\n1.5 3=1 0\n0\n"Ann"\n"Ben"\n"Cy"\n"Board"\n'

function folderWith(name: string, content: string | Uint8Array): (file: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'urna-'))
  writeFileSync(join(folder, name), content)
  return (file) => join(folder, file)
}

test('a file is written in the format of its extension, and what has no place in it is named', async () => {
  const at = folderWith('ward.blt.gz', gzipSync(blt))
  expect(await json(convert, at('ward.blt.gz'), at('ward.csv'))).toMatchObject({
    from: 'blt',
    to: 'csv-options',
    options: 3,
    distinctBallots: 2,
    changed: true,
    warnings: [],
    remarks: [
      expect.stringMatching(/title/),
      expect.stringMatching(/seats/),
      expect.stringMatching(/withdrawn/),
    ],
  })
  expect(readFileSync(at('ward.csv'), 'utf8')).toBe('weight,Ann,Ben,Cy\n3,1,2,\n1.5,1,,1\n')
})

test('warnings and remarks are told, and BLT wants a number of seats', async () => {
  const at = folderWith('votes.csv', 'Ann,Ben\n5,1\n0,3\n')
  const run = await runCommand(convert.default, [at('votes.csv'), at('votes.abif')])
  expect(run).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('Line 1, column 1: The numbers were taken for scores.'),
  })
  expect(readFileSync(at('votes.abif'), 'utf8')).toContain('1:A/5,B/1')
  const ranked = folderWith('ranked.csv', 'rank1,rank2\nAnn,Ben\n')
  expect(await json(convert, ranked('ranked.csv'), ranked('ranked.blt'))).toMatchObject({
    remarks: ['The number of seats is not known; 1 is written.'],
  })
})

test('standard output gets the file alone', async () => {
  const at = folderWith('ward.blt', blt.replace('1.5', '2'))
  const run = await runCommand(convert.default, [at('ward.blt'), '-', '--to', 'cef'])
  expect(run.stdout).toBe(
    '#/Candidates: Ann ; Ben ; Cy\n#/Number of Seats: 2\n\nAnn > Ben * 3\nAnn = Cy * 2\n',
  )
})

describe('refused', () => {
  test.each([
    ['-', /^Standard output has no extension/],
    ['ward.docx', /^The extension of .*ward\.docx is of no format that urna writes/],
  ])('%s does not tell which format to write', async (output, message) => {
    const at = folderWith('ward.blt', blt)
    const said = await refused(convert, at('ward.blt'), output === '-' ? '-' : at(output))
    expect(said).toMatchObject({ status: 2, code: 'ballot-format-unknown' })
    expect(said.message).toMatch(message)
    expect(said.hint).toMatch(/^Name the format with --to: .*abif/)
  })

  test('a file that is there with another content', async () => {
    const at = folderWith('ward.blt', blt)
    writeFileSync(at('ward.csv'), 'mine')
    expect(await refused(convert, at('ward.blt'), at('ward.csv'))).toMatchObject({
      status: 5,
      code: 'output-exists',
    })
    expect(readFileSync(at('ward.csv'), 'utf8')).toBe('mine')
  })

  test('what the format can not hold; and nothing is left behind', async () => {
    const at = folderWith('ward.blt', blt)
    expect(await refused(convert, at('ward.blt'), at('ward.cvotes'))).toMatchObject({
      status: 4,
      code: 'ballots-not-writable',
      message: expect.stringContaining('parts of a vote'),
    })
    expect(existsSync(at('ward.cvotes'))).toBe(false)
  })

  test('an irregular file, with --strict', async () => {
    const at = folderWith('ward.blt', blt.replaceAll('"', ''))
    expect(await refused(convert, at('ward.blt'), at('ward.csv'), '--strict')).toMatchObject({
      status: 2,
      code: 'ballot-file-unreadable',
      message: expect.stringMatching(/^Line 6, column 1/),
    })
  })

  test.each([
    [['ward.docx'], 'ballot-format-unknown'],
    [['ward.x', '--to', 'nameq'], 'ballots-not-writable'],
    [['ward.csv', '--from', 'btl'], 'ballot-format-unknown'],
    [['-', '--to', 'cef'], 'invalid-input'],
  ])('%j', async ([output, ...flags], code) => {
    const at = folderWith('ward.blt', blt)
    expect(
      await refused(convert, at('ward.blt'), output === '-' ? '-' : at(output!), ...flags),
    ).toMatchObject({ code })
  })
})

test('the page on formats has each of them, with its extensions, and whether it is written', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/tabulation/formats.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([^`]+)` \|([^|]*)\|.*\|( yes)? \|$/gm)].map(
    ([, id, extensions, yes]) => ({
      id,
      extensions: [...extensions!.matchAll(/`\.(\w+)`/g)].map(([, extension]) => extension),
      written: yes !== undefined,
    }),
  )
  const known = formats.map(({ id, extensions, write }) => ({
    id,
    extensions: [...extensions],
    written: write !== undefined,
  }))
  const byId = (list: typeof rows) => Object.fromEntries(list.map((each) => [each.id, each]))
  expect(byId(rows)).toEqual(byId(known))
})
