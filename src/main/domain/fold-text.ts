/** Search key: lower case, no tone or vowel marks, đ → d. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFC')
}

/** Folded words; everything that is neither letter nor digit parts them. */
export function foldedWords(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
