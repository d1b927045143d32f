const lineFeed = 0x0a
const carriageReturn = 0x0d

/** The lines of a stream without their ends. Of a line beyond the limit nothing is kept. */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Uint8Array | 'too-long'> {
  let pieces: Uint8Array[] = []
  let length = 0
  const add = (piece: Uint8Array) => {
    length += piece.length
    if (length <= longest) pieces.push(piece)
    else pieces = []
  }
  const take = (): Uint8Array | 'too-long' => {
    const line = length > longest ? 'too-long' : withoutReturn(Buffer.concat(pieces))
    pieces = []
    length = 0
    return line
  }
  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end))
      yield take()
      start = end + 1
    }
    add(chunk.subarray(start))
  }
  if (length > 0) yield take()
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
}
