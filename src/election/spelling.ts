/** What two spellings of a name share that differ in case or in the way accents are encoded. */
export function folded(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

/** The known word that was probably meant: at most two letters away, whatever their case; undefined where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const distances = known.map((each) => ({
    each,
    distance: editDistance(word.toLowerCase(), each.toLowerCase()),
  }))
  const nearest = distances.sort((a, b) => a.distance - b.distance)[0]
  return nearest !== undefined && nearest.distance <= Math.min(2, word.length - 1) ? nearest.each : undefined
}

/** Letters to add, remove or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j]! + Number(letter !== other), row[j + 1]! + 1, next[j]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
