import type { ContestConfig, ElectionConfig } from '../election/config-schema.ts'
import { isZone, momentOfText, sentenceOfTimeFault } from '../election/zoned-time.ts'
import { askOne, askText, askYesNo } from './prompts.ts'

/** Asks for an election, question by question. */
export async function askElection(given: { zone: string }): Promise<ElectionConfig> {
  const title = await askText('What is the election called?', { flag: '--title TEXT' })
  const contests = [await askContest()]
  while (await askYesNo('Is something else voted on at the same time?', { flag: '--from FILE' })) {
    contests.push(await askContest())
  }
  const zone = await askText('Time zone of the election', {
    flag: '--zone NAME',
    default: given.zone,
    validate: (text) => isZone(text) || 'A name like Europe/Madrid, please.',
  })
  const opens = await askTime('When does it open? Like 2026-12-01 09:00; empty if you announce no time', zone)
  const closes = await askTime('When does it close? Empty if you announce no time', zone, opens)
  const again = await askYesNo('May voters vote again, so that the last ballot counts?', {
    flag: '--recast',
    default: true,
  })
  return {
    title: title.trim(),
    zone,
    ...(opens !== '' && { opens }),
    ...(closes !== '' && { closes }),
    recast: again ? 'last-counts' : 'refuse',
    contests,
  }
}

/** Asks for one contest. */
export async function askContest(): Promise<ContestConfig> {
  const kind = await askOne('How do people vote?', {
    flag: '--method ID',
    choices: [
      { name: 'Yes or no', value: 'motion' },
      { name: 'Choose one', value: 'choice' },
      { name: 'Approve several', value: 'approval' },
      { name: 'Rank them', value: 'ranking' },
    ],
  })
  if (kind === 'motion') {
    const title = await askText('What is the question?', { flag: '--title TEXT' })
    const blank = await askYesNo('May a voter abstain?', { flag: '--blank', default: true })
    return { title: title.trim(), motion: true, blank }
  }
  const title = await askText('What is elected? For example: Chair', { flag: '--title TEXT' })
  const candidates = await askCandidates()
  const seats = await askCount('How many seats are there?', { flag: '--seats N', default: '1' })
  const method = await askMethod(kind, seats)
  const max = kind === 'approval' ? await askMaximum(candidates.length) : undefined
  const blank = await askYesNo('May a voter cast a blank ballot?', { flag: '--blank', default: true })
  return { title: title.trim(), method, seats, ...(max !== undefined && { max }), blank, candidates }
}

async function askMethod(kind: 'choice' | 'approval' | 'ranking', seats: number): Promise<string> {
  if (kind === 'approval') return 'approval-vote'
  if (kind === 'ranking' && seats > 1) return 'stv-scottish'
  const choices =
    kind === 'ranking'
      ? [
          { name: 'Instant runoff: the last goes out until somebody has a majority', value: 'irv' },
          { name: 'Schulze: whoever would beat each of the others', value: 'schulze' },
        ]
      : [
          { name: 'The most votes', value: 'plurality' },
          { name: 'More than half of the votes, or else a runoff', value: 'majority' },
        ]
  return askOne('Who is elected?', { flag: '--method ID', choices })
}

async function askCandidates(): Promise<string[]> {
  const names: string[] = []
  for (;;) {
    const question =
      names.length === 0
        ? 'The first candidate (nothing: a CSV brings them later)'
        : `Candidate ${names.length + 1} (nothing: that was all)`
    const name = await askText(question, {
      flag: '--candidate NAME',
      validate: (text) => !names.includes(text.trim()) || 'That name is there already.',
    })
    if (name.trim() === '') return names
    names.push(name.trim())
  }
}

async function askMaximum(candidates: number): Promise<number | undefined> {
  const answer = await askText('How many may a voter approve at most? Empty for any number', {
    flag: '--max N',
    validate: (text) =>
      text.trim() === '' ||
      (isCount(text) && (candidates === 0 || Number(text) <= candidates)) ||
      'A whole number, not more than there are candidates.',
  })
  return answer.trim() === '' ? undefined : Number(answer)
}

async function askCount(message: string, options: { flag: string; default: string }): Promise<number> {
  return Number(
    await askText(message, { ...options, validate: (text) => isCount(text) || 'A whole number from 1.' }),
  )
}

/** @param after what it must come after, or nothing */
async function askTime(message: string, zone: string, after = ''): Promise<string> {
  const earliest = momentOfText(after, zone)
  const answer = await askText(message, {
    flag: '--opens TIME --closes TIME',
    validate: (text) => {
      if (text.trim() === '') return true
      const moment = momentOfText(text, zone)
      if (typeof moment !== 'string') return `${sentenceOfTimeFault(text, moment)}.`
      return (
        typeof earliest !== 'string' || moment > earliest || `It opens at ${after}: later than that, please.`
      )
    },
  })
  return answer.trim()
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text.trim())
}
