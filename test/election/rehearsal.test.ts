import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import Certify from '../../commands/election/certify.ts'
import Create from '../../commands/election/create.ts'
import ExportConfig from '../../commands/election/export-config.ts'
import List from '../../commands/election/list.ts'
import Show from '../../commands/election/show.ts'
import ExportArchive from '../../commands/export/archive.ts'
import ExportBlt from '../../commands/export/blt.ts'
import ExportCsv from '../../commands/export/csv.ts'
import ExportJson from '../../commands/export/json.ts'
import ExportPdf from '../../commands/export/pdf.ts'
import ExportXlsx from '../../commands/export/xlsx.ts'
import TallyShow from '../../commands/tally/show.ts'
import Verify from '../../commands/verify.ts'
import { createElection } from '../../src/election/create-election.ts'
import { editElection } from '../../src/election/edit-election.ts'
import { publishResult } from '../../src/election/publication.ts'
import { createKey } from '../../src/organisation/keys.ts'
import { addOfficer } from '../../src/organisation/officers.ts'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { addCertifier } from '../support/certifier.ts'
import { electionDraft } from '../support/election.ts'
import { visit } from '../support/pages.ts'
import { hasPoppler, inkOn, pagesOf } from '../support/pdf.ts'
import { runCommand } from '../support/run-command.ts'
import { type Serving, serve } from '../support/serving.ts'
import {
  blank,
  chair,
  choice,
  committee,
  group,
  ranking,
  type SmallElection,
  talliedElection,
} from '../tally/small-election.ts'

/** What each is taken for by whoever reads anything of it. */
const kinds = [
  { kind: 'a rehearsal', rehearsal: true, mark: 'REHEARSAL', standing: 'rehearsal' },
  {
    kind: 'an election that is not certified',
    rehearsal: false,
    mark: 'NOT CERTIFIED',
    standing: 'not-certified',
  },
]

describe.each(kinds)('$kind', ({ rehearsal, mark, standing }) => {
  let election: SmallElection
  let serving: Serving
  let key: string
  let certifier: string
  beforeAll(async () => {
    election = await talliedElection({
      contests: [chair, committee],
      rehearsal,
      votes: [
        [0, [choice(0), ranking(0, 1)]],
        [1, [choice(0), ranking(1)]],
        [2, [blank, blank]],
      ],
    })
    const { work, slug } = election
    await publishResult(work, { election: slug })
    await addOfficer(work, { organisation: undefined, name: 'Ada', email: 'ada@example.org', role: 'owner' })
    const made = { organisation: undefined, officer: 'Ada', scopes: ['all'], days: 1, dryRun: false }
    key = (await createKey(work, made)).key
    certifier = await addCertifier(election)
    serving = await serve(election)
    process.env.URNA_PASSPHRASE = election.passphrase
  }, 30_000)
  afterAll(async () => {
    delete process.env.URNA_PASSPHRASE
    await serving?.close()
    await election?.close()
  })

  const run = (command: unknown, ...argv: string[]) => runCommand(command, [...argv, '--file', election.path])

  test.each([
    ['tally show', TallyShow, []],
    ['export json', ExportJson, ['--out', '-']],
    ['export csv', ExportCsv, ['--out', '-']],
  ])('says so in what %s prints', async (_name, command, argv) => {
    const { status, stdout } = await run(command, ...argv)
    expect(status).toBe(0)
    expect(stdout).toContain(mark)
  })

  test('says so in every line of the CSV and on every sheet of the workbook', async () => {
    const { stdout } = await run(ExportCsv, '--out', '-')
    const lines = stdout.trim().split(/\r?\n/).slice(1)
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.filter((line) => !line.startsWith(mark))).toEqual([])
    const file = join(election.folder, 'result.xlsx')
    expect((await run(ExportXlsx, '--out', file)).status).toBe(0)
    const published = await fetch(`${serving.url}/api/elections/${election.slug}/results/export/`)
    for (const bytes of [readFileSync(file), await published.arrayBuffer()]) {
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.load(bytes as ArrayBuffer)
      const unmarked = workbook.worksheets
        .filter(({ name }) => name !== 'Audit log')
        .filter((sheet) => !JSON.stringify(sheet.getSheetValues()).includes(mark))
      expect(unmarked.map(({ name }) => name)).toEqual([])
    }
  })

  test.skipIf(!hasPoppler)('says so at the head, across and at the foot of every sheet', async () => {
    const file = join(election.folder, 'result.pdf')
    expect((await run(ExportPdf, '--out', file)).status).toBe(0)
    const pages = pagesOf(file)
    expect(pages).toHaveLength(2)
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`${mark}: `)
      expect(page).toContain(`${mark} · Result of `)
      // In large letters of #f4dfe0, from corner to corner.
      expect(inkOn(file, index + 1, [0xf4, 0xdf, 0xe0])).toBeGreaterThan(0.02)
    }
  })

  test('says so in the published result', async () => {
    const reply = await fetch(`${serving.url}/api/elections/${election.slug}/results/`)
    const { election: described } = (await reply.json()) as { election: Record<string, string> }
    expect(described).toMatchObject({ standing })
    expect(described.standingSentence).toContain(mark)
  })

  test.skipIf(!hasBrowser)('says so on the page of the result', async () => {
    const browser = await startBrowser()
    const { page, end } = await visit(browser, `${serving.url}/results/${election.slug}`)
    await page.getByRole('note').filter({ hasText: mark }).last().waitFor()
    await end()
    await browser.close()
  })

  describe.runIf(rehearsal)('from its making on', () => {
    test.each([
      ['election list', List, []],
      ['election show', Show, []],
      ['export blt', ExportBlt, ['--out', '-']],
      ['export archive', ExportArchive, ['--out', '-']],
    ])('is told by %s', async (_name, command, argv) => {
      expect((await run(command, ...argv)).stdout).toContain(mark)
    })

    test('is told by whoever verifies its archive', async () => {
      const archive = join(election.folder, 'rehearsal.bel')
      await run(ExportArchive, '--out', archive)
      const { status, stdout } = await runCommand(Verify, [archive])
      expect([status, stdout]).toEqual([0, expect.stringContaining(mark)])
    })

    test.each(['', '/', '/ballot/', '/board/', '/dashboard/'])('is told by the API at %j', async (path) => {
      const place = path === '' ? '' : `/${election.slug}${path === '/' ? '' : path.slice(0, -1)}`
      const reply = await fetch(`${serving.url}/api/elections${place}/`, {
        headers: { authorization: `Bearer ${key}` },
      })
      expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(mark)])
    })

    test.skipIf(!hasBrowser)('stands above every page for voters', async () => {
      const browser = await startBrowser()
      for (const name of ['vote', 'board', 'results']) {
        const { page, end } = await visit(browser, `${serving.url}/${name}/${election.slug}`)
        await page.getByText('REHEARSAL: votes cast here elect nobody.').waitFor()
        await end()
      }
      await browser.close()
    })

    test('is never certified, not even by whoever writes to the file', async () => {
      expect(await run(Certify, '--json', '--key', certifier)).toMatchObject({ status: 4 })
      const forced = election.work.write('force', (tx) =>
        tx.db.updateTable('election').set({ status: 'certified' }).execute(),
      )
      await expect(forced).rejects.toThrow('a rehearsal is never certified')
    })

    test('keeps its mark whatever it is called', async () => {
      const { work } = election
      const draft = await createElection(
        { work, group },
        electionDraft({ slug: 'trial', title: 'Trial', rehearsal: true }),
      )
      expect(draft.title).toBe('REHEARSAL: Trial')
      const changes = { title: 'The real thing' }
      await editElection({ work, group }, { election: 'trial', changes, rehearsal: false })
      const { stdout } = await run(Show, 'trial')
      expect(stdout).toContain('REHEARSAL: The real thing')
      const unmarked = work.write('force', (tx) =>
        tx.db.updateTable('election').set({ title: 'The real thing' }).where('slug', '=', 'trial').execute(),
      )
      await expect(unmarked).rejects.toThrow('a rehearsal says so in its title')
      const config = await run(ExportConfig, 'trial')
      expect(config.stdout).toMatch(/title: The real thing[\s\S]*rehearsal: true/)
    })

    test('is made by a flag', async () => {
      const made = await run(Create, 'dress', '--title', 'Dress', '--zone', 'UTC', '--rehearsal', '--json')
      expect(JSON.parse(made.stdout)).toMatchObject({ election: 'dress', title: 'REHEARSAL: Dress' })
    })
  })
})
