export type Delimiter = ',' | ';' | '\t'

const delimiters: readonly Delimiter[] = [',', ';', '\t']

/** How many records are compared. */
const recordsCompared = 20

/** What separates the cells, from the first line that some spreadsheets write: `sep=;` */
export function declaredDelimiter(sample: string): Delimiter | undefined {
  const declared = /^"?sep=(.)"?[,;\t]*(?:\n|$)/i.exec(sample)?.[1]
  return delimiters.find((delimiter) => delimiter === declared)
}

/**
 * The delimiter that parts the first records most evenly: the one with the most records of as many cells as
 * the first, then with the most cells. Nothing inside quotes counts. A single column has a comma.
 */
export function detectDelimiter(sample: string): Delimiter {
  let best: { delimiter: Delimiter; even: number; cells: number } | undefined
  for (const delimiter of delimiters) {
    const [cells = 1, ...others] = countCells(sample, delimiter)
    if (cells === 1) continue
    const even = others.filter((count) => count === cells).length / Math.max(1, others.length)
    const better = best === undefined || even > best.even || (even === best.even && cells > best.cells)
    if (better) best = { delimiter, even, cells }
  }
  return best?.delimiter ?? ','
}

/** Cells in each of the first records, empty lines left out. */
function countCells(sample: string, delimiter: Delimiter): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let empty = true
  for (const character of sample) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === delimiter) cells += 1
    if (!quoted && character === '\n') {
      if (!empty) counts.push(cells)
      if (counts.length === recordsCompared) return counts
      cells = 1
      empty = true
    } else empty = false
  }
  // The sample may be cut in the middle of its last record; alone it is better than nothing.
  if (counts.length === 0 && !empty) counts.push(cells)
  return counts
}
