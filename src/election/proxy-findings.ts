import type { Election } from './find-election.ts'
import { rightsOf } from './rights.ts'

export interface ProxyFacts {
  election: Pick<Election, 'slug' | 'rights'>
  /** Votes that are given to others, who have no token for them. */
  proxiesWithoutToken: number
  /** How many votes of others each acting member would cast, by number. */
  representing: ReadonlyMap<string, number>
  /** By a credential officer, on another machine. */
  tokensMadeElsewhere: boolean
}

/** What keeps an election from opening with the votes that were given to others. */
export function proxyFindings(facts: ProxyFacts) {
  const { slug } = facts.election
  const { maxRepresented } = rightsOf(facts.election)
  const most = maxRepresented ?? Number.POSITIVE_INFINITY
  const tooMany = [...facts.representing]
    .filter(([, votes]) => votes > most)
    .map(([number, votes]) => ({
      level: 'blocks' as const,
      code: 'too-many-represented',
      message: `${number} would represent ${votes} voters, and one person may represent ${most}.`,
      command: `urna delegation list --election ${slug}`,
    }))
  return facts.proxiesWithoutToken === 0 ? tooMany : [...tooMany, withoutToken(facts)]
}

function withoutToken({ election: { slug }, proxiesWithoutToken, tokensMadeElsewhere }: ProxyFacts) {
  const given = `${proxiesWithoutToken} ${proxiesWithoutToken === 1 ? 'vote is' : 'votes are'} given to other members`
  return {
    level: 'blocks' as const,
    code: 'proxy-tokens-missing',
    message: tokensMadeElsewhere
      ? `${given}, and tokens that are made on another machine are for voters alone: take the votes back, or make the tokens here.`
      : `${given}, who have no token to cast them with.`,
    command: tokensMadeElsewhere ? `urna delegation list --election ${slug}` : `urna token issue ${slug}`,
  }
}
