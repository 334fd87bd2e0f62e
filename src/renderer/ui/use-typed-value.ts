import { useCallback, useEffect, useRef } from 'react'
import type { Input } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { reconcileTyped, type TypedValue } from './typed-value.ts'

/** A function that changes the typed value: core is told the whole new one at each key. */
export function useTypedValue(input: Input): (change: (value: string) => string) => void {
  const { snapshot, send } = useKiosk()
  const { screenId, revision } = snapshot
  const typed = useRef<TypedValue>(undefined)
  typed.current = reconcileTyped(typed.current, screenId, input, revision)
  // Nothing that was typed outlives its screen, whatever keeps this component alive.
  useEffect(
    () => () => {
      typed.current = undefined
    },
    [],
  )
  return useCallback(
    (change) => {
      const before = reconcileTyped(typed.current, screenId, input, revision)
      const value = change(before.value)
      if (value === before.value || [...value].length > input.maxLength) return
      typed.current = { ...before, value, pending: before.pending + 1 }
      send({ path: 'input.set', input: { value } }).then((answer) => {
        const now = typed.current
        if (now?.owner !== before.owner) return
        const knownFrom = Math.max(now.knownFrom, answer?.revision ?? 0)
        typed.current = { ...now, pending: now.pending - 1, knownFrom }
      })
    },
    [send, screenId, input, revision],
  )
}
