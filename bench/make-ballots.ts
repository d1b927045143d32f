// Writes a large ranked election as BLT, one ballot a line, to standard output:
//   node bench/make-ballots.ts BALLOTS OPTIONS SEATS SEED
// Every voter belongs to one of four blocs, which like each option more or less; ballots are the bloc's order with
// noise, cut off at a random length around four. The same arguments give the same bytes.

/** Numbers in [0, 1) from a seed (the mulberry32 generator): an election to repeat, not a secret. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const blocShares = [0.4, 0.7, 0.9, 1]

/** A number with a bell-shaped spread around 0, by the sum of uniform ones. */
function spread(random: () => number): number {
  let sum = -6
  for (let term = 0; term < 12; term++) sum += random()
  return sum
}

/** Draws lengths, of which those around four are the most common. */
function lengthPicker(options: number): (at: number) => number {
  const weights = Array.from({ length: options }, (_, index) => 1 / (1 + Math.abs(index - 3)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return (at) => {
    let left = at * total
    let length = 1
    while (length < options && left >= weights[length - 1]!) left -= weights[length++ - 1]!
    return length
  }
}

function* ballotLines(ballots: number, options: number, seats: number, seed: number): Generator<string> {
  const random = randomFrom(seed)
  const liking = blocShares.map(() => Array.from({ length: options }, () => 1.2 * spread(random)))
  const lengthAt = lengthPicker(options)
  const order = new Uint16Array(options)
  const utility = new Float64Array(options)
  yield `${options} ${seats}\n`
  for (let ballot = 0; ballot < ballots; ballot++) {
    const at = random()
    const likes = liking[blocShares.findIndex((share) => at < share)]!
    for (let option = 0; option < options; option++) {
      utility[option] = likes[option]! - Math.log(-Math.log(random() + 1e-18))
      order[option] = option
    }
    order.sort((a, b) => utility[b]! - utility[a]!)
    let line = '1'
    const length = lengthAt(random())
    for (let rank = 0; rank < length; rank++) line += ` ${order[rank]! + 1}`
    yield `${line} 0\n`
  }
  yield '0\n'
  for (let option = 1; option <= options; option++) yield `"Option ${option}"\n`
  yield `"${ballots} ballots"\n`
}

const [ballots = 0, options = 0, seats = 0, seed = 0] = process.argv.slice(2).map(Number)
let piece = ''
for (const line of ballotLines(ballots, options, seats, seed)) {
  piece += line
  if (piece.length < 1 << 20) continue
  if (!process.stdout.write(piece)) await new Promise((resume) => process.stdout.once('drain', resume))
  piece = ''
}
process.stdout.write(piece)
