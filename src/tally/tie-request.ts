import type { Method } from '../tabulation/method.ts'
import type { TieRule } from '../tabulation/ties.ts'
import { TieRulesNotTaken } from './count-refusals.ts'

/** What a request says of ties. */
export interface TieRequest {
  /** The chain, in place of the method's. */
  readonly ties: readonly TieRule[] | undefined
  /** Names of options, the first prevails; in place of the order that the file gives. */
  readonly tieOrder: readonly string[] | undefined
  /** Of the lot. */
  readonly seed: string | undefined
}

/**
 * The rules of a method, complete, with the chain that the request asks for. An order or a seed that was given
 * is used: where the chain doesn't name it, the order comes before the lot, and the lot at the end.
 * @throws TieRulesNotTaken where the method has no such rule
 */
export function withTieRules(options: {
  readonly method: Method
  readonly rules: Readonly<Record<string, unknown>>
  readonly request: TieRequest
  readonly fileGivesOrder: boolean
}): { rules: Readonly<Record<string, unknown>>; remarks: readonly string[] } {
  const { method, request, fileGivesOrder } = options
  const rules = method.rules.parse(options.rules) as Record<string, unknown>
  const { ties, tieOrder, seed } = request
  if (!Array.isArray(rules.ties)) {
    if (ties === undefined && tieOrder === undefined) return { rules, remarks: [] }
    throw new TieRulesNotTaken(method.id, ties ?? ['order given'])
  }
  const chain: TieRule[] = [...(ties ?? (rules.ties as TieRule[]))]
  if (tieOrder !== undefined && !chain.includes('order given')) {
    const chance = chain.findIndex((rule) => rule === 'lot' || rule === 'ask')
    chain.splice(chance === -1 ? chain.length : chance, 0, 'order given')
  }
  if (seed !== undefined && !chain.includes('lot') && !chain.includes('ask')) chain.push('lot')
  if (!method.rules.safeParse({ ...rules, ties: chain }).success) throw new TieRulesNotTaken(method.id, chain)
  const used = chain.includes('order given')
  const given = tieOrder !== undefined || fileGivesOrder
  return {
    rules: { ...rules, ties: chain },
    remarks: [
      ...(used && !given ? ['No order for ties is given: that of the ballot stands for it.'] : []),
      ...(fileGivesOrder && !used
        ? ['The file gives an order for ties, which these rules do not use; --tie order-given would.']
        : []),
    ],
  }
}
