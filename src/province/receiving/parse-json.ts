export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Strict JSON from raw bytes: UTF-8 only, and no `__proto__` key, which some readers would take for a prototype. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { ok: false, reason: 'the body is not UTF-8' }
  }
  let sawPrototype = false
  try {
    const value: unknown = JSON.parse(text, (key, member: unknown) => {
      if (key === '__proto__') sawPrototype = true
      return member
    })
    return sawPrototype
      ? { ok: false, reason: 'the key __proto__ is not allowed' }
      : { ok: true, value }
  } catch (error) {
    // RangeError: nested deeper than the stack. The parser's own words would repeat the body: not passed on.
    if (error instanceof SyntaxError) return { ok: false, reason: 'the body is not JSON' }
    if (error instanceof RangeError) return { ok: false, reason: 'the body is nested too deeply' }
    throw error
  }
}
