import { formatNumber, type MessageKey, message } from './messages.ts'

/** A part of the roll. */
export interface ShownUnit {
  readonly unit: 'region' | 'chapter' | 'district'
  /** Null for the small ones together. */
  readonly name: string | null
  readonly voters: number
  readonly voted: number
}

const heads: Readonly<Record<ShownUnit['unit'], MessageKey>> = {
  region: 'frame.region',
  chapter: 'frame.chapter',
  district: 'frame.district',
}

export function percentOf({ voters, voted }: { readonly voters: number; readonly voted: number }): string {
  if (voters === 0) return '–'
  return formatNumber(voted / voters, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
}

/** Turnout by unit, with a bar beside each figure. */
export function UnitTable({ units }: { readonly units: readonly ShownUnit[] }) {
  const kinds = [...new Set(units.map(({ unit }) => unit))]
  return (
    <>
      {kinds.map((kind) => (
        <table key={kind} class="units">
          <caption>{message(heads[kind])}</caption>
          <thead>
            <tr>
              <th scope="col">{message('frame.name')}</th>
              <th scope="col">{message('frame.voters')}</th>
              <th scope="col">{message('frame.votedHead')}</th>
              <th scope="col">{message('frame.share')}</th>
            </tr>
          </thead>
          <tbody>
            {units
              .filter(({ unit }) => unit === kind)
              .map((each) => (
                <tr key={each.name ?? ''}>
                  <th scope="row">{each.name ?? message('frame.others')}</th>
                  <td>{formatNumber(each.voters)}</td>
                  <td>{formatNumber(each.voted)}</td>
                  <td>
                    {percentOf(each)}
                    <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                      <rect width={(100 * each.voted) / Math.max(1, each.voters)} height="6" />
                    </svg>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </>
  )
}
