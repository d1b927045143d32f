import { ballotRulesOf, type Contest, readContests } from '../../election/contests.ts'
import { type Election, findElection } from '../../election/find-election.ts'
import { methodGrades } from '../../election/sealed-methods.ts'
import { organisationNameOf } from '../../organisation/find-organisation.ts'
import type { BallotSheets, PaperContest } from '../../report/ballot-sheets-pdf.ts'
import type { UnitOfWork } from '../../store/unit-of-work.ts'
import { PaperRefused } from './refusals.ts'
import { requirePaper } from './require-paper.ts'

/**
 * What a paper ballot of an election says.
 * @param rotated how many places the options of each contest move up, those at the top to the end
 * @throws PaperRefused where nobody votes on paper, or there is nothing to vote on
 */
export async function paperBallot(
  work: UnitOfWork,
  input: { election: string | undefined; rotated: number },
): Promise<{ election: string } & Omit<BallotSheets, 'size'>> {
  return work.read(async (tx) => {
    const election = await findElection(tx, input.election)
    requirePaper(election)
    const contests = await readContests(tx, election.id)
    if (contests.length === 0) {
      throw new PaperRefused(
        `There is nothing to vote on in ${election.slug} yet.`,
        { election: election.slug },
        `urna contest add ${election.slug}`,
      )
    }
    return {
      election: election.slug,
      organisation: await organisationNameOf(tx, election),
      title: election.title,
      madeAt: election.opened_at ?? election.created_at,
      rehearsal: rehearsalOf(election),
      closing:
        'Fold the paper so that nobody sees your marks, and put it into the box. Write nothing else on it. Whoever spoils it gets another one.',
      contests: contests.map((contest) => paperContest(contest, input.rotated)),
    }
  })
}

function rehearsalOf({ rehearsal, status }: Election): string | null {
  if (rehearsal === 1) return 'REHEARSAL: nobody is elected by it.'
  return status === 'draft' ? 'DRAFT: the contests may still change.' : null
}

function paperContest(contest: Contest, rotated: number): PaperContest {
  const { title, description, options, blank, blank_name: blankName } = contest
  const shift = options.length === 0 ? 0 : rotated % options.length
  return {
    ...{ title, description, instruction: instructionOf(contest), marks: marksOf(contest) },
    options: [...options.slice(shift), ...options.slice(0, shift)].map(({ name, party, slate, members }) => ({
      name,
      note: [party, slate, members.join(', ')].filter((part) => part !== null && part !== '').join(' · '),
    })),
    blank: blank === 0 ? null : (blankName ?? 'Blank: none of this'),
  }
}

function marksOf({ style, rules, grades }: Contest): PaperContest['marks'] {
  switch (style) {
    case 'choice':
    case 'approval':
      return { kind: 'box' }
    case 'ranking':
    case 'score':
      return { kind: 'figure' }
    case 'grade':
      return { kind: 'grades', grades: grades ?? methodGrades(rules).map(({ name }) => name) }
  }
}

/** What a voter does, in the words of the ballot. */
export function instructionOf(contest: Contest): string {
  const rules = ballotRulesOf(contest)
  switch (rules.style) {
    case 'choice':
    case 'approval': {
      const most = Math.min(rules.max, contest.options.length)
      if (most === 1) return 'Mark one box.'
      if (rules.min === most) return `Mark exactly ${most} boxes.`
      if (rules.min <= 1)
        return most === contest.options.length
          ? 'Mark as many boxes as you like.'
          : `Mark up to ${most} boxes.`
      return `Mark ${rules.min} to ${most} boxes.`
    }
    case 'ranking': {
      const most = Math.min(rules.max, contest.options.length)
      const how = rules.equalRanks ? 'You may give several the same number.' : 'Give no number twice.'
      return `Write 1 for your first choice, 2 for the second, and so on${most < contest.options.length ? `, up to ${most}` : ''}. ${how}`
    }
    case 'score':
      return `Write a number from 0 to ${rules.highest} for each, ${rules.highest} the best. No number counts as 0.`
    case 'grade':
      return 'Mark one grade for each.'
  }
}
