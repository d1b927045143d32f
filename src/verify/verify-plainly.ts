import { seated } from '../report/narrative.ts'
import type { Crew } from '../sealing/crew.ts'
import type { Group } from '../sealing/group.ts'
import { verifySource } from '../tally/verify-archive.ts'
import type { Archive, Verification, VerifyOptions } from './public.d.ts'

/**
 * What `urna/verify` does, wherever it runs.
 * @param crew who verifies; without one, this thread does
 */
export async function verifyPlainly(
  group: Group,
  archive: Archive,
  { seed, writeIns, papers, since, onProgress }: VerifyOptions,
  crew?: Crew,
): Promise<Verification> {
  const { report, inTheClear, complete, contests, questions, paper } = await verifySource(group, archive, {
    ...{ seed, since, papers },
    ...(writeIns && { writeIns }),
    ...(onProgress && { progress: onProgress }),
    ...(crew && { crew }),
  })
  const { result: _, election, head, prefix, ...rest } = report
  return {
    archive: archive.name,
    inTheClear,
    ...rest,
    complete,
    election: election ?? null,
    head: head ?? null,
    since: (inTheClear ? undefined : since) ?? null,
    prefix: prefix ?? null,
    contests:
      contests?.map(({ title, tabulation, invalidBallots, writeIns, none }) => ({
        title,
        ...seated(tabulation, none),
        tabulation: { ...tabulation, invalidBallots, ...(writeIns && { writeIns }) },
      })) ?? null,
    questions: questions ?? null,
    paper: paper ?? null,
  }
}
