/**
 * How far anybody may rely on a result. The title of a rehearsal begins with its mark, so that whatever shows the
 * title shows the mark: the ballot, the board, the archive, every report. This file alone decides it.
 */
export const standings = ['rehearsal', 'not-certified', 'certified'] as const
export type Standing = (typeof standings)[number]

const mark = 'REHEARSAL: '

/** The title with the mark, where it is a rehearsal; once, however often it is marked. */
export function markedTitle({ title, rehearsal }: { title: string; rehearsal: boolean }): string {
  return rehearsal ? `${mark}${withoutMark(title)}` : title
}

/** The title as the officer wrote it. */
export function withoutMark(title: string): string {
  return title.startsWith(mark) ? title.slice(mark.length) : title
}

/** Whether that is the title of a rehearsal: all that a page without a server knows of an election. */
export function isMarked(title: string): boolean {
  return title.startsWith(mark)
}

export function standingOf({
  rehearsal,
  certifiedAt,
}: {
  rehearsal: boolean
  certifiedAt: string | null
}): Standing {
  if (rehearsal) return 'rehearsal'
  return certifiedAt === null ? 'not-certified' : 'certified'
}

/** What is written across every sheet, and at its foot. */
export const standingMarks: Readonly<Record<Standing, string>> = {
  rehearsal: 'REHEARSAL',
  'not-certified': 'NOT CERTIFIED',
  certified: '',
}

/** For every report, in words that nobody reads over. */
export const standingSentences: Readonly<Record<Standing, string>> = {
  rehearsal: 'REHEARSAL: nobody is elected by this, and it can not be certified.',
  'not-certified': 'NOT CERTIFIED: the officers have not declared this result final.',
  certified:
    'Certified: the officers have declared this result final. Their signatures are in the certificate.',
}
