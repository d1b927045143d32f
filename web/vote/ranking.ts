/** Ranks, best first; several options in one share it. */
export type Ranks = readonly (readonly number[])[]

/** Where an option is put: as a rank of its own before that one, or into it. */
export type RankPlace = { readonly before: number } | { readonly into: number }

export function rankOf(ranks: Ranks, option: number): number {
  return ranks.findIndex((rank) => rank.includes(option))
}

export function withoutOption(ranks: Ranks, option: number): Ranks {
  return ranks.map((rank) => rank.filter((each) => each !== option)).filter((rank) => rank.length > 0)
}

/** Puts an option at its place, counted among the ranks as they are now; it leaves the one that it had. */
export function putOption(ranks: Ranks, option: number, place: RankPlace): Ranks {
  const put = ranks.map((rank, index) => {
    const others = rank.filter((each) => each !== option)
    return 'into' in place && place.into === index ? [...others, option] : others
  })
  if ('before' in place) put.splice(place.before, 0, [option])
  return put.filter((rank) => rank.length > 0)
}

export function appendOption(ranks: Ranks, option: number): Ranks {
  return putOption(ranks, option, { before: ranks.length })
}

/** One rank up: past the one above, or out of a shared rank to just above it. */
export function moveUp(ranks: Ranks, option: number): Ranks {
  const rank = rankOf(ranks, option)
  const shared = ranks[rank]!.length > 1
  return putOption(ranks, option, { before: shared ? rank : Math.max(0, rank - 1) })
}

/** One rank down: past the one below, or out of a shared rank to just below it. */
export function moveDown(ranks: Ranks, option: number): Ranks {
  const rank = rankOf(ranks, option)
  const shared = ranks[rank]!.length > 1
  return putOption(ranks, option, { before: Math.min(ranks.length, rank + (shared ? 1 : 2)) })
}

/** Into the rank above. */
export function joinAbove(ranks: Ranks, option: number): Ranks {
  const rank = rankOf(ranks, option)
  return rank <= 0 ? ranks : putOption(ranks, option, { into: rank - 1 })
}
