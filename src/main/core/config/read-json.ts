import { readFileSync } from 'node:fs'
import type { ConfigProblem } from './config-problem.ts'

export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: ConfigProblem }

/** A file that cannot be read or is not JSON is a problem of configuration, not a crash. */
export function readJson(file: string): ReadJson {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    const reason = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`
    return { ok: false, problem: { file, key: '', reason } }
  }
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: { file, key: '', reason: `is not JSON: ${detail}` } }
  }
}
