import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { header, memberLine } from '../../bench/members.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'
import { importCsv, members } from './import-harness.ts'

let urna: TemporaryUrna
beforeEach(async () => {
  urna = await temporaryUrna()
})
afterEach(() => urna.close())

const run = (content: string | Uint8Array, options?: Parameters<typeof importCsv>[2]) =>
  importCsv(urna.work, content, options)
const log = () =>
  urna.work.read(({ db }) => db.selectFrom('audit_entry').select(['action', 'details']).execute())

describe('an import', () => {
  test('keeps every field, tidied, and unknown columns as custom fields', async () => {
    await run(
      'Number,First name,Last name,E-mail,Phone,Status,Weight,Joined,Shoe size\n' +
        '7,  Jose\u0301 , "García\n Pérez",José@Example.ORG,+34 600-100 200,active,"1,5",3.4.2021,  41 \n',
    )
    expect(await members(urna.work)).toMatchObject([
      {
        ...{ number: '7', name: 'José García Pérez', email: 'josé@example.org', phone: '+34600100200' },
        ...{ status: 'active', region: null, weight_micros: 1_500_000, national_id_hash: null },
        custom: '{"Shoe size":"41","joined":"2021-04-03"}',
      },
    ])
  })

  test('changes only the columns that it has, and says what from and to', async () => {
    await run('number,name,email,status,Hat\n1,Ana,ana@example.org,active,red\n2,Bo,bo@example.org,,blue\n')
    const { counts, first, absent } = await run('number,name,status,Hat\n1,Ana,retired,\n3,Cy,,\n')
    expect(counts).toEqual({ new: 1, changed: 1, unchanged: 0, rejected: 0 })
    expect(absent).toBe(1)
    expect(first.changed).toEqual([
      {
        ...{ number: '1', name: 'Ana' },
        changes: [
          { field: 'status', from: 'active', to: 'retired' },
          { field: 'Hat', from: 'red', to: null },
        ],
      },
    ])
    expect(await members(urna.work)).toMatchObject([
      { number: '1', email: 'ana@example.org', status: 'retired', custom: '{}' },
      { number: '2', email: 'bo@example.org', custom: '{"Hat":"blue"}' },
      { number: '3', name: 'Cy' },
    ])
  })

  test('without a column for the number goes by the e-mail address', async () => {
    const result = await run('name,email\nAna,ana@example.org\nBo,\nAnna,ANA@example.org\n')
    expect(result.problems).toEqual(['3: email: is empty', '4: email: ana@example.org is on line 2 already'])
    expect(await members(urna.work)).toMatchObject([{ number: 'ana@example.org', email: 'ana@example.org' }])
  })

  test('is recorded in the log once, with figures and no names', async () => {
    await run('number,name\n1,Ana\n')
    await run('number,name\n1,Ana\n')
    const imports = (await log()).filter(({ action }) => action === 'members-imported')
    const organisation = 'rail-workers-northern-chapter'
    const details = { organisation, file: 'members.csv', new: 1, changed: 0, unchanged: 0, rejected: 0 }
    expect(imports.map((entry) => JSON.parse(entry.details))).toEqual([details])
  })

  test('that is only looked at leaves everything as it was', async () => {
    await run('number,name\n1,Ana\n')
    const before = await members(urna.work)
    const entries = await log()
    const csv = 'number,name,DNI\n1,Anna,1234\n2,Bo,777\n,x,\n'
    const preview = await run(csv, { mode: 'preview' })
    expect(preview.counts).toEqual({ new: 1, changed: 1, unchanged: 0, rejected: 1 })
    expect(await members(urna.work)).toEqual(before)
    expect(await log()).toEqual(entries)
    const { rejectedRows, problems, ...applied } = await run(csv)
    expect(preview).toMatchObject(applied)
  })

  test('takes nothing at all if it is strict and one row is wrong', async () => {
    const csv = `number,name\n${'1,Ana\n'}2,\n`
    await expect(run(csv, { strict: true })).rejects.toMatchObject({
      code: 'rows-rejected',
      message: expect.stringContaining('the first is on line 3: name: is empty'),
    })
    await expect(run(csv, { strict: true, mode: 'preview' })).rejects.toMatchObject({ code: 'rows-rejected' })
    expect(await members(urna.work)).toEqual([])
    expect((await log()).filter(({ action }) => action === 'refused')).toHaveLength(1)
  })
})

const wrong = (header: string, row: string, problem: string) => ({ header, row, problem })
test.each([
  wrong('number,name', '1', 'the row has 1 cell where the header has 2'),
  wrong('number,name', '1,Ana,Ruiz', 'the row has 3 cells where the header has 2'),
  wrong('number,name', ',Ana', 'number: is empty'),
  wrong('number,name', '1,  ', 'name: is empty'),
  wrong('number,name', `1,${'x'.repeat(1001)}`, 'name: is 1001 characters long'),
  wrong('number,name', `${'9'.repeat(101)},Ana`, 'number: is 101 characters long'),
  wrong('number,name', '1.2E+10,Ana', 'number: was rounded by the spreadsheet to 1.2E+10'),
  wrong('number,name', '1,A\u0007na', 'name: has a control character in it'),
  wrong('number,name,email', '1,Ana,ana@', 'email: "ana@" is not an e-mail address'),
  wrong('number,name,email', '1,Ana,a@b.es;c@d.es', 'email: "a@b.es;c@d.es" is not an e-mail address'),
  wrong('number,name,weight', '1,Ana,0', 'weight: "0" is not a weight'),
  wrong('number,name,weight', '1,Ana,-1', 'weight: "-1" is not a weight'),
  wrong('number,name,weight', '1,Ana,0.0000001', 'weight: "0.0000001" is not a weight'),
  wrong('number,name,weight', '1,Ana,"1,000"', 'weight: "1,000" is not a weight'),
  wrong('number,name,weight', '1,Ana,1.000', 'weight: "1.000" is not a weight'),
  wrong('number,name,joined', '1,Ana,03/04/2021', 'joined: "03/04/2021" is not a clear date'),
  wrong('number,name,joined', '1,Ana,2021-02-30', 'joined: "2021-02-30" is not a clear date'),
  wrong('number,name,Hat', '1,Ana,re\u0001d', 'Hat: has a control character in it'),
  wrong('number,name,DNI', '1,Ana,***', 'DNI: is not a national id'),
  wrong(
    'number,name,email,weight',
    '1,,x,x',
    'email: "x" is not an e-mail address; weight: "x" is not a weight',
  ),
])('the row "$row" under "$header" is told what is wrong with it', async ({ header, row, problem }) => {
  const { problems, counts } = await run(
    `${header}\n9,"Good\nname"${',,'.slice(0, header.split(',').length - 2)}\n${row}\n`,
  )
  expect(problems).toEqual([`4: ${problem}`])
  expect(counts).toMatchObject({ new: 1, rejected: 1 })
})

describe('two people in one', () => {
  test('the same number twice is taken once', async () => {
    const { problems } = await run('number,name\n1,Ana\n2,Bo\n1,Cy\n')
    expect(problems).toEqual(['4: number: 1 is on line 2 already'])
    expect((await members(urna.work)).map(({ name }) => name)).toEqual(['Ana', 'Bo'])
  })

  test('the same number is found thousands of rows apart', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => `${index},Member ${index}\n`)
    const { problems } = await run(`number,name\n${rows.join('')}17,Again\n`)
    expect(problems).toEqual(['2502: number: 17 is on line 19 already'])
  })

  test('a national id that another has is refused, however it is spelled', async () => {
    await run('number,name,DNI\n1,Ana,12.345.678-z\n')
    const { problems } = await run(
      'number,name,DNI\n1,Ana,12345678Z\n2,Bo,12 345 678 Z\n3,Cy,9X\n4,Di,99X\n5,Ed,99x\n',
    )
    expect(problems).toEqual([
      '3: DNI: is that of member 1',
      '4: DNI: is not a national id',
      '6: DNI: is that of member 4',
    ])
  })

  test('a national id can move from one member to another in one file', async () => {
    await run('number,name,DNI\n1,Ana,AAA\n2,Bo,BBB\n')
    const { counts } = await run('number,name,DNI\n1,Ana,CCC\n2,Bo,AAA\n3,Cy,BBB\n')
    expect(counts).toEqual({ new: 1, changed: 2, unchanged: 0, rejected: 0 })
  })

  test('the same e-mail, phone or name is reported, in the file and against the members, and imported', async () => {
    await run(
      'number,name,email,phone\n1,José Díaz,ana@example.org,600\n2,Old,old@example.org,1\n3,Old,old@example.org,1\n',
    )
    const { counts, duplicates } = await run(
      'number,name,email,phone\n4,JOSE DIAZ,ANA@example.org,6 0 0\n5,Eva,eva@example.org,7\n6,Eva,eva@example.org,7\n',
    )
    expect(counts.new).toBe(3)
    const groups = (value: string, other: string) => ({
      count: 2,
      groups: [
        { value: other, numbers: ['5', '6'] },
        { value, numbers: ['1', '4'] },
      ],
    })
    expect(duplicates).toEqual({
      email: groups('ana@example.org', 'eva@example.org'),
      phone: groups('600', '7'),
      name: groups('José Díaz', 'Eva'),
    })
  })
})

test('fifty thousand members come in, and again, in a few seconds each', async () => {
  let csv = header
  for (let index = 0; index < 50_000; index += 1) csv += memberLine(index)
  expect((await run(csv)).counts).toEqual({ new: 50_000, changed: 0, unchanged: 0, rejected: 0 })
  const again = await run(csv)
  expect(again.counts).toEqual({ new: 0, changed: 0, unchanged: 50_000, rejected: 0 })
  expect(again.absent).toBe(0)
})

test('any file imported twice changes nothing the second time', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '0.5',
      'ana@example.org',
      '2021-01-31',
      '=1+1',
      '-5',
      'é',
      '12345678Z',
      'a;b\n"c"',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const row = fc.tuple(fc.integer({ min: 0, max: 20 }).map(String), ...Array.from({ length: 6 }, () => cell))
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const csv = [['no', 'name', 'email', 'weight', 'joined', 'dni', 'Hat'], ...rows]
        .map((cells) => `${cells.map(quoted).join(';')}\n`)
        .join('')
      const once = await run(csv)
      const twice = await run(csv)
      expect(twice.counts).toEqual({
        ...{ new: 0, changed: 0 },
        unchanged: once.counts.new + once.counts.changed + once.counts.unchanged,
        rejected: once.counts.rejected,
      })
    }),
    { numRuns: 25 },
  )
})
