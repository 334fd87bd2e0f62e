import { z } from 'zod'
import { displaySchema } from '../../../contract/display.ts'
import { languages } from '../../../contract/roles.ts'
import type { Choices, ChoicesMark } from '../../flows/choices.ts'
import { openTextMark } from './text-mark.ts'

const choicesSchema = z.strictObject({ language: z.enum(languages), display: displaySchema })

/**
 * Keeps language and display in a small file, so that whoever cannot read small letters still can when core
 * comes back. `mayResume`: nobody can have left meanwhile; else what the file says is forgotten.
 */
export function openChoicesMark(path: string, mayResume: boolean): ChoicesMark {
  const mark = openTextMark(path)
  const last = mayResume && mark.last !== undefined ? choicesIn(mark.last) : undefined
  if (last === undefined) mark.clear()
  return {
    last,
    note: ({ language, display }) => mark.note(JSON.stringify({ language, display })),
    clear: mark.clear,
  }
}

/** A file of another version, or of nobody's, means plain. */
function choicesIn(text: string): Choices | undefined {
  try {
    return choicesSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
