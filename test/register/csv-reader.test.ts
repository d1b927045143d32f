import { expect, test } from 'vitest'
import { readCsv } from '../../src/register/csv-reader.ts'
import { pipeSource } from '../../src/register/csv-source.ts'
import { source } from './import-harness.ts'

async function read(content: string | Uint8Array) {
  const table = await readCsv(source(content), () => {})
  return { ...table, rows: await all(table.rows) }
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const list: Row[] = []
  for await (const row of rows) list.push(row)
  return list
}

const text = (delimiter: string) =>
  ['name', 'note'].join(delimiter) +
  `\r\n"Zoë ${delimiter} Özgür"${delimiter}"5 € – “said” she"\r\nJosé${delimiter}ça\r\n`

const utf16be = (content: string) => Buffer.from(content, 'utf16le').swap16()

function windows1252(content: string): Buffer {
  const high: Record<string, number> = { '€': 0x80, '–': 0x96, '“': 0x93, '”': 0x94 }
  return Buffer.from([...content].map((character) => high[character] ?? character.charCodeAt(0)))
}

const encodings = {
  'utf-8': (content: string) => Buffer.from(content),
  'utf-8 with BOM': (content: string) => Buffer.from(`\ufeff${content}`),
  'utf-16le': (content: string) => Buffer.from(content, 'utf16le'),
  'utf-16le with BOM': (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le'),
  'utf-16be': utf16be,
  'utf-16be with BOM': (content: string) => utf16be(`\ufeff${content}`),
  'windows-1252': windows1252,
}
const delimiters = [',', ';', '\t']

test.each(
  Object.entries(encodings).flatMap(([name, encode]) =>
    delimiters.map((delimiter) => ({ name, encode, delimiter })),
  ),
)(
  'a file in $name with "$delimiter" between its cells is read right',
  async ({ name, encode, delimiter }) => {
    const table = await read(encode(text(delimiter)))
    expect(table).toEqual({
      encoding: name.replace(' with BOM', ''),
      delimiter,
      header: { line: 1, cells: ['name', 'note'] },
      rows: [
        { line: 2, cells: [`Zoë ${delimiter} Özgür`, '5 € – “said” she'] },
        { line: 3, cells: ['José', 'ça'] },
      ],
    })
  },
)

test('one accented letter a megabyte down the file still tells its encoding', async () => {
  const table = await read(windows1252(`name\n${'plain\n'.repeat(200_000)}Zoë\n`))
  expect(table.encoding).toBe('windows-1252')
  expect(table.rows.at(-1)).toEqual({ line: 200_002, cells: ['Zoë'] })
})

test('the line of a row is the one in the file, whatever came before it', async () => {
  const content = 'sep=;\r\n\r\nnumber;name\r\n1;"Ana\r\nMaria\r\n"\r\n\r\n2;Bruno\r\n3;"Chloé\nMartin"'
  const { delimiter, header, rows } = await read(content)
  expect({ delimiter, header: header.line, rows: rows.map((row) => row.line) }).toEqual({
    ...{ delimiter: ';', header: 3 },
    rows: [4, 8, 9],
  })
})

test.each([
  { what: 'commas inside quotes', content: 'a;b\n"1,2,3";x\n"4,5,6";y\n', delimiter: ';' },
  { what: 'decimal commas', content: 'a;b;c\n1,5;2,5;3,5\n0,5;1;2\n', delimiter: ';' },
  { what: 'line breaks inside quotes', content: 'a,b\n"x;\n;y;\n",z\n', delimiter: ',' },
  { what: 'semicolons in a text', content: 'a\tb\nx; y; z\tone\nu\ttwo; three\n', delimiter: '\t' },
  { what: 'a single column', content: 'email\nana@example.org\n', delimiter: ',' },
])('$what do not hide the delimiter', async ({ content, delimiter }) => {
  expect((await read(content)).delimiter).toBe(delimiter)
})

test('a stray quote costs its own rows and no others', async () => {
  const { rows } = await read('n,name\n1,"Bob,x\n2,"Ann"\n3,Carl\n4,12" pipe\n5,13" pipe\n6,Dora\n')
  expect(rows).toEqual([
    { line: 2, until: 3, quote: 'inside a quoted cell' },
    { line: 4, cells: ['3', 'Carl'] },
    { line: 5, until: 5, quote: 'inside a cell without quotes' },
    { line: 6, until: 6, quote: 'inside a cell without quotes' },
    { line: 7, cells: ['6', 'Dora'] },
  ])
})

test.each([
  { what: 'an empty file', content: '', sentence: 'it is empty' },
  { what: 'a file of empty lines', content: '\n\n\n', sentence: 'there is nothing in it' },
  { what: 'a workbook', content: 'PK\u0003\u0004rest', sentence: 'it is a workbook, not a CSV' },
  { what: 'a picture', content: '\u0000\u0001PNG\u0000\u0000\u0000', sentence: 'it is not a text file' },
  {
    what: 'a quote that is never closed',
    content: 'n,name\n1,Ana\n2,"Bob\n3,Carl\n',
    sentence: 'at line 3: a quoted cell begins there that never ends',
  },
  {
    what: 'a header with a stray quote',
    content: 'n,na"me\n1,Ana\n',
    sentence: 'at line 1: its header has a quote inside a cell without quotes',
  },
])('$what is refused with a sentence', async ({ content, sentence }) => {
  await expect(read(content)).rejects.toThrow(sentence)
})

test('a pipe that turns out not to be UTF-8 is refused rather than garbled', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`name\n${'plain\n'.repeat(20_000)}`),
    Buffer.from([0x5a, 0x6f, 0xeb, 0x0a]),
  ])
  const pipe = pipeSource(
    'standard input',
    (async function* () {
      yield bytes
    })(),
  )
  const reading = readCsv(pipe, () => {}).then((table) => all(table.rows))
  await expect(reading).rejects.toThrow('it begins as UTF-8 and does not go on so')
})
