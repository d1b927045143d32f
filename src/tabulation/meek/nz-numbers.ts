import type { PseudoRandomNumbers } from '../tie-breaking.ts'

/**
 * The numbers by which Hill's program for New Zealand breaks ties: one of four digits for each option, withdrawn ones
 * included, from Wichmann and Hill's generator (Applied Statistics 31, 1982, AS 183), seeded with the numbers of
 * options, seats and votes. In every second iteration, the first included, they are turned round.
 * @param votes valid ballots; what is beyond the whole number is left out
 */
export function newZealandNumbers(optionCount: number, seats: number, votes: bigint): PseudoRandomNumbers {
  const next = generator(optionCount, seats, votes)
  const numbers: number[] = []
  while (numbers.length < optionCount) {
    const number = next()
    if (!numbers.includes(number)) numbers.push(number)
  }
  const turned = numbers.map((number) => 10_000 - number)
  // A round is an iteration; the choice that begins one is made at the end of the one before.
  return (round) => (round % 2 === 0 ? turned : numbers)
}

/** Its first four numbers are not used. */
function generator(optionCount: number, seats: number, votes: bigint): () => number {
  let x = optionCount + 5
  let y = seats
  let z = Number((votes + 10_000n * (votes % 10n)) % 30_323n)
  const next = () => {
    x = (171 * x) % 30_269
    y = (172 * y) % 30_307
    z = (170 * z) % 30_323
    const digits = (number: number, modulus: number) => Math.floor((10_000 * number) / modulus)
    return (digits(x, 30_269) + digits(y, 30_307) + digits(z, 30_323)) % 10_000
  }
  for (let unused = 0; unused < 4; unused++) next()
  return next
}
