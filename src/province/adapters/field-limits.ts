/** A value that may not be shortened is longer than the official system takes. */
export class FieldTooLong extends Error {}

/** Prose: shortened to `max` characters, with an ellipsis as the last of them. */
export function shorten(text: string, max: number): string {
  const characters = [...text.normalize('NFC').trim()]
  return characters.length <= max
    ? characters.join('')
    : `${characters.slice(0, max - 1).join('')}…`
}

/** Codes and numbers: whole or not at all. @throws FieldTooLong */
export function whole(field: string, text: string, max: number): string {
  const value = text.normalize('NFC').trim()
  if ([...value].length > max) throw new FieldTooLong(field)
  return value
}
