import type { z } from 'zod'

export interface ConfigProblem {
  readonly file: string
  /** Path of the key, e.g. `compartments[3].lock`; empty for the file as a whole. */
  readonly key: string
  readonly reason: string
}

export function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

/** One line for the technician. */
export function problemLine(problem: ConfigProblem): string {
  return `${problem.file}: ${problem.key === '' ? '(file)' : problem.key}: ${problem.reason}`
}

export function problemsOf(file: string, error: z.ZodError): ConfigProblem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          file,
          key: keyPath([...issue.path, key]),
          reason: 'unknown key',
        }))
      : [{ file, key: keyPath(issue.path), reason: reasonOf(issue) }],
  )
}

function reasonOf({ code, message }: z.core.$ZodIssue): string {
  const isMissing = code === 'invalid_type' && message.endsWith('received undefined')
  return isMissing ? 'is missing' : message
}
