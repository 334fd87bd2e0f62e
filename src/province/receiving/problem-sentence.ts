import type { z } from 'zod'

/** Says where and why a value does not fit its schema, without repeating the value. */
export function problemSentence(error: z.ZodError, prefix = ''): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => {
      const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.')
      return `${path || '(top)'}: ${issue.message}`
    })
    .join('; ')
}
