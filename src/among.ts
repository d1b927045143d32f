import { type RawBuilder, sql } from 'kysely'

/** A subquery with these values: one parameter for any number of them, so that the statement stays the same. */
export function among<T extends string | number>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`(select value from json_each(${JSON.stringify(values)}))`
}
