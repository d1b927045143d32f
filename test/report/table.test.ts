import { expect, test } from 'vitest'
import { openPaper, sheet, styles } from '../../src/report/paper/paper.ts'
import { drawTable } from '../../src/report/paper/table.ts'

const columns = [
  { title: 'On the ballot', share: 0.6 },
  { title: 'Votes', share: 0.4, align: 'right', style: styles.code },
] as const

test('a table goes over to another sheet once, wherever on the first it begins, and by whole rows', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    cells: [
      index % 7 === 0 ? `A long name ${'of many parts '.repeat(8)}` : `Candidate ${index}`,
      String(index),
    ],
  }))
  const paper = openPaper({ title: '', madeAt: '2026-03-02', foot: '', whole: '', ground: () => {} })
  const { document } = paper
  for (let start = 300; start < 340; start++) {
    const before = document.bufferedPageRange().count
    document.addPage()
    document.y = start
    drawTable(paper, columns, rows)
    expect([start, document.bufferedPageRange().count - before]).toEqual([start, 2])
    expect(document.y).toBeLessThan(sheet.height - sheet.foot)
  }
  await paper.finish()
})
