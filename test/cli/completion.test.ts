import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { type CompletedCommand, fishCompletion } from '../../src/cli/fish-completion.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const commands: CompletedCommand[] = Object.values(
  JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')).commands,
)
const has = (program: string) => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('every command and flag is completed by fish, whatever its description says', () => {
  const script = fishCompletion([{ name: 'election', description: "it's \\ odd" }], commands)
  expect(script).toContain("-a election -d 'it\\'s \\\\ odd'")
  for (const { id, flags } of commands) {
    const words = id.split(':')
    expect(script).toContain(` -a ${words.at(-1)} -d '`)
    for (const { name, char } of Object.values(flags)) {
      const short = char === undefined ? '' : `-s ${char} `
      expect(script).toContain(`'__urna_in ${words.join(' ')}' ${short}-l ${name} `)
    }
  }
})

test.skipIf(!has('fish'))('fish completes with it (skipped: no fish)', () => {
  const script = join(mkdtempSync(join(tmpdir(), 'urna-')), 'urna.fish')
  writeFileSync(script, fishCompletion([{ name: 'election' }], commands))
  onTestFinished(() => rmSync(dirname(script), { recursive: true }))
  const completed = (line: string) =>
    execFileSync('fish', ['-c', `source ${script}; complete -C '${line}'`], { encoding: 'utf8' })
      .split('\n')
      .map((each) => each.split('\t')[0])
  expect(completed('urna elec')).toEqual(expect.arrayContaining(['election']))
  expect(completed('urna election op')).toEqual(expect.arrayContaining(['open']))
  expect(completed('urna election open --o')).toEqual(expect.arrayContaining(['--out']))
})

test('every command has a man page, and none has an order of roff in its text', () => {
  const folder = join(root, 'dist/man/man1')
  const pages = readdirSync(folder)
  for (const { id } of commands) expect(pages).toContain(`urna-${id.replaceAll(':', '-')}.1`)
  const overview = readFileSync(join(folder, 'urna.1'), 'utf8')
  expect(overview).toContain('refused by a rule or by the state of the election')
  const orders = new Set(['TH', 'SH', 'SS', 'TP', 'B', 'BR', 'I', 'nf', 'fi'])
  for (const page of pages) {
    for (const [, order] of readFileSync(join(folder, page), 'utf8').matchAll(/^[.'](\S*)/gm)) {
      expect(orders, `${page}: .${order}`).toContain(order)
    }
  }
})

test.skipIf(!has('man'))('man reads them without a warning (skipped: no man)', () => {
  const folder = join(root, 'dist/man/man1')
  for (const page of ['urna.1', 'urna-election-open.1', 'urna-count.1', 'urna-serve.1']) {
    const run = execFileSync('man', ['--warnings', '-l', '-P', 'cat', join(folder, page)], { stdio: 'pipe' })
    expect(run.toString()).toContain('urna')
  }
})
