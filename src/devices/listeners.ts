import type { Unsubscribe } from './contract.ts'

export interface Listeners<T> {
  add(listener: (value: T) => void): Unsubscribe
  emit(value: T): void
}

/** Listeners are called in the order of adding; one that is removed during a call is not called any more. */
export function listeners<T>(): Listeners<T> {
  const entries = new Set<{ readonly call: (value: T) => void }>()
  return {
    add(listener) {
      const entry = { call: listener }
      entries.add(entry)
      return () => {
        entries.delete(entry)
      }
    },
    emit(value) {
      for (const entry of [...entries]) if (entries.has(entry)) entry.call(value)
    },
  }
}
