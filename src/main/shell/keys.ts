import type { Input } from 'electron'

const otherKeys: ReadonlySet<string> = new Set([
  'Enter',
  'Backspace',
  'Tab',
  'Shift',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
])

/**
 * Which keys reach the page at all: what types a character, and what moves between fields. A list of what is
 * forbidden would have to name every shortcut of Chromium; this one does not. Keys that the desktop takes for
 * itself (Alt+Tab, Ctrl+Alt+F1) never come here: the session that the machine starts must not have them.
 */
export function isKeyAllowed(
  input: Pick<Input, 'key' | 'control' | 'alt' | 'meta' | 'modifiers'>,
): boolean {
  if (input.control || input.alt || input.meta) return false
  return [...input.key].length === 1 || otherKeys.has(input.key)
}
