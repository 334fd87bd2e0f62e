/** One way in which a text may lie on a disk. */
export interface Encoded {
  readonly as: string
  readonly bytes: Buffer
}

/**
 * Every way in which a text is looked for: its spellings (upper and lower case, composed, decomposed, without
 * diacritics), each as text, escaped, in UTF-16, in hex and in base64 at all three alignments.
 */
export function encodingsOf(text: string): readonly Encoded[] {
  const found = new Map<string, Encoded>()
  for (const [spelling, spelled] of spellings(text)) {
    for (const [encoding, bytes] of encodings(spelled)) {
      const key = bytes.toString('latin1')
      if (!found.has(key)) found.set(key, { as: `${spelling} ${encoding}`, bytes })
    }
  }
  return [...found.values()]
}

/** The same for bytes that are no text: a slice of a picture. */
export function encodingsOfBytes(bytes: Buffer): readonly Encoded[] {
  const ascii = (encoded: string) => Buffer.from(encoded, 'latin1')
  return [
    { as: 'bytes', bytes },
    { as: 'hex', bytes: ascii(bytes.toString('hex')) },
    ...[0, 1, 2].flatMap((alignment) => {
      const inside = base64Inside(bytes, alignment)
      return [
        { as: `base64 +${alignment}`, bytes: ascii(inside) },
        { as: `base64url +${alignment}`, bytes: ascii(urlSafe(inside)) },
      ]
    }),
  ]
}

function spellings(text: string): readonly (readonly [string, string])[] {
  const cases = [
    ['as given', text],
    ['upper case', text.toLocaleUpperCase('vi')],
    ['lower case', text.toLocaleLowerCase('vi')],
  ] as const
  return cases.flatMap(([name, spelled]) => [
    [`${name}, NFC`, spelled.normalize('NFC')] as const,
    [`${name}, NFD`, spelled.normalize('NFD')] as const,
    [`${name}, without diacritics`, withoutDiacritics(spelled)] as const,
  ])
}

function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .normalize('NFC')
}

function encodings(text: string): readonly (readonly [string, Buffer])[] {
  const plain = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  const wideBig = Buffer.from(wide).swap16()
  const ascii = (encoded: string) => Buffer.from(encoded, 'latin1')
  const bases = (name: string, bytes: Buffer) =>
    [0, 1, 2].flatMap((alignment) => {
      const inside = base64Inside(bytes, alignment)
      return [
        [`${name} in base64 +${alignment}`, ascii(inside)] as const,
        [`${name} in base64url +${alignment}`, ascii(urlSafe(inside))] as const,
      ]
    })
  return [
    ['UTF-8', plain],
    ['UTF-16LE', wide],
    ['UTF-16BE', wideBig],
    ['hex', ascii(plain.toString('hex'))],
    ['HEX', ascii(plain.toString('hex').toUpperCase())],
    ['spaced hex', ascii(spacedHex(plain))],
    ['UTF-16LE hex', ascii(wide.toString('hex'))],
    ['percent', ascii(encodeURIComponent(text))],
    ['JSON', ascii(jsonEscaped(text))],
    ...bases('UTF-8', plain),
    ...bases('UTF-16LE', wide),
  ]
}

/** The characters of a base64 text that are the same whatever stands before and after these bytes. */
function base64Inside(bytes: Buffer, alignment: number): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64')
  const from = Math.ceil((alignment * 8) / 6)
  const to = Math.floor(((alignment + bytes.length) * 8) / 6)
  return text.slice(from, to)
}

function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** As the traces of the wire show bytes. */
function spacedHex(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(..)(?=.)/g, '$1 ')
}

function jsonEscaped(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
