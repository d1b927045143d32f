import { Refusal } from '../errors.ts'
import { textOfMoment } from './zoned-time.ts'

/** Its announced time is over, and what was refused since stays refused. */
export class TimeOver extends Refusal {
  readonly code = 'wrong-state'
  constructor({ slug, closes_at: at, zone }: { slug: string; closes_at: string | null; zone: string }) {
    super(
      `The vote in ${slug} was over at ${textOfMoment(at ?? '', zone)} (${zone}); no ballot is taken any more.`,
      { election: slug, closedToBallotsSince: at },
      `Close it with: urna election close ${slug} --confirm ${slug}`,
    )
  }
}

/** The closing time of an open election, as it was asked for. */
export class CloseUnmovable extends Refusal {
  readonly code = 'invalid-input'
  constructor(sentence: string) {
    super(sentence, {}, 'Write it like --closes "2026-12-04 20:00" --reason "the server was down".')
  }
}

/** Says the same whether there is a result or not. */
export class ResultNotPublished extends Refusal {
  readonly code = 'result-not-published'
  constructor(election: string) {
    super(
      `No result of ${election} is published.`,
      { election },
      `After the count an officer publishes it with: urna election publish ${election}`,
    )
  }
}

export class AlreadyPublished extends Refusal {
  readonly code = 'wrong-state'
  constructor({ slug, published_at: at, zone }: { slug: string; published_at: string | null; zone: string }) {
    super(
      `The result of ${slug} was published at ${textOfMoment(at ?? '', zone)} (${zone}), and what people have read can't be called back.`,
      { election: slug, publishedAt: at },
    )
  }
}
