import { useEffect, useRef, useState } from 'preact/hooks'
import type { RankPlace } from './ranking.ts'

/** Where what is dragged would go: a place in the ranking, or out of it. */
export type DropPlace = RankPlace | 'out'

interface Drag {
  readonly option: number
  readonly pointer: number
  /** Where it was taken, in pixels from the top of the page. */
  readonly from: number
  /** How far it is from there. */
  readonly moved: number
  readonly place: DropPlace | undefined
}

/** In pixels: near the edge of the window the page scrolls, by as much a step. */
const edge = 60
const scrollStep = 14

/**
 * Dragging with a mouse, a pen or a finger. A finger takes an option by its handle only: elsewhere it scrolls.
 * @param place what dropping there means; undefined for nothing
 */
export function useRankDrag(
  place: (option: number, y: number) => DropPlace | undefined,
  drop: (option: number, place: DropPlace) => void,
) {
  const [drag, setDrag] = useState<Drag>()
  const latest = useRef<Drag | undefined>(undefined)
  latest.current = drag

  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDrag(undefined)
    }
    addEventListener('keydown', cancel)
    return () => removeEventListener('keydown', cancel)
  }, [])

  function takes(event: PointerEvent): boolean {
    const target = event.target as Element
    if (event.button !== 0 || target.closest('button, a, summary, details') !== null) return false
    return event.pointerType === 'mouse' || target.closest('.handle') !== null
  }

  return {
    drag,
    /** For the element of an option. */
    handlers: (option: number) => ({
      onPointerDown: (event: PointerEvent) => {
        if (!takes(event)) return
        event.preventDefault()
        const element = event.currentTarget as Element
        element.setPointerCapture(event.pointerId)
        setDrag({ option, pointer: event.pointerId, from: event.pageY, moved: 0, place: undefined })
      },
      onPointerMove: (event: PointerEvent) => {
        const taken = latest.current
        if (taken?.pointer !== event.pointerId) return
        // Only the way it goes: what is taken near the edge is often on its way from there.
        const up = event.pageY - taken.from < taken.moved
        if (up && event.clientY < edge) scrollBy(0, -scrollStep)
        if (!up && event.clientY > innerHeight - edge) scrollBy(0, scrollStep)
        setDrag({ ...taken, moved: event.pageY - taken.from, place: place(option, event.clientY) })
      },
      onPointerUp: (event: PointerEvent) => {
        const taken = latest.current
        if (taken?.pointer !== event.pointerId) return
        setDrag(undefined)
        if (taken.place !== undefined) drop(option, taken.place)
      },
      onPointerCancel: () => setDrag(undefined),
    }),
  }
}
