import type { Input } from '../../contract/screen.ts'

/**
 * What is being typed, ahead of core by as much as is on its way there. It exists because core shows bullets for
 * codes and PINs: their characters are known here only, for the one screen, in memory.
 */
export interface TypedValue {
  /** Screen and field that it belongs to; another one begins empty. */
  readonly owner: string
  readonly value: string
  /** Values sent and not answered yet. */
  readonly pending: number
  /** The first snapshot that knows of all values that were answered; an older one says nothing new. */
  readonly knownFrom: number
}

const bullet = '•'

/** Brings what is typed together with what core shows. While values are on their way, ours is newer. */
export function reconcileTyped(
  typed: TypedValue | undefined,
  screenId: string,
  input: Input,
  revision: number,
): TypedValue {
  const owner = `${screenId}/${input.field}`
  if (typed === undefined || typed.owner !== owner) {
    return { owner, value: readable(input) ?? '', pending: 0, knownFrom: 0 }
  }
  if (typed.pending > 0 || revision < typed.knownFrom) return typed
  const shown = readable(input)
  if (shown !== undefined) return shown === typed.value ? typed : { ...typed, value: shown }
  // Core holds another number of characters than was typed here, for instance after a wrong code.
  return input.length === typed.value.length ? typed : { ...typed, value: '' }
}

/** What core shows, unless it hides it. */
function readable(input: Input): string | undefined {
  return input.shown.includes(bullet) ? undefined : input.shown
}
