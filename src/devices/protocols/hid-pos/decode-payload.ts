/** Control characters that a text in the old encoding may hold: tab, line ends, GS1's separator. */
const allowedControls = '\t\r\n\u001d'

/**
 * The text of a whole code: UTF-8, else windows-1258, in NFC, without the line end that a reader may add.
 * Control characters stay what they are: data. Undefined when the bytes are text in neither encoding.
 */
export function decodePayload(bytes: Uint8Array): string | undefined {
  const text = decodeWith('utf-8', bytes) ?? decodeWindows1258(bytes)
  return text?.normalize('NFC').replace(/[\r\n]+$/, '')
}

/** The decoder takes any byte; those without a character become controls, and binary data is full of them. */
function decodeWindows1258(bytes: Uint8Array): string | undefined {
  const text = decodeWith('windows-1258', bytes)
  const controls = text?.match(/\p{Cc}/gu) ?? []
  return controls.every((control) => allowedControls.includes(control)) ? text : undefined
}

function decodeWith(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
