import { answerCodes } from '../../contract/screens/operator.ts'
import type { Text } from '../i18n/text.ts'

const known: ReadonlySet<string> = new Set(answerCodes)
const byHand = 'BY_HAND:'

/** The last answer to a message in words; a code without words is shown as it is. */
export function answerText(text: Text, answer: string | null): string {
  if (answer === null) return '–'
  if (answer.startsWith(byHand)) {
    const what = answer.slice(byHand.length)
    const reason = text(`queueReason.${what}`)
    return text('answer.byHand', { what: reason.startsWith('queueReason.') ? what : reason })
  }
  return known.has(answer) ? text(`answer.${answer}`) : text('answer.other', { code: answer })
}
