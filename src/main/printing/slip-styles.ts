import type { SlipPaper, TextStyle } from './slip-paper.ts'
import type { TextPair } from './slip-texts.ts'

export const labelStyle: TextStyle = { size: 20, weight: 600 }
export const secondLabelStyle: TextStyle = { size: 18, weight: 500 }
export const valueStyle: TextStyle = { size: 27, weight: 700 }
export const bodyStyle: TextStyle = { size: 22, weight: 600 }
export const secondBodyStyle: TextStyle = { size: 19, weight: 500 }
export const noteStyle: TextStyle = { size: 20, weight: 500 }

/** A small label with its second language, and the value large beneath. */
export function field(paper: SlipPaper, label: TextPair, value: string, style = valueStyle): void {
  paper.inline(label.vi, labelStyle, label.second, secondLabelStyle)
  paper.text(value, style)
}

/** A sentence and, smaller beneath it, the same in the second language. */
export function sentence(paper: SlipPaper, text: TextPair, style = bodyStyle): void {
  paper.text(text.vi, style)
  if (text.second !== undefined) paper.text(text.second, secondBodyStyle)
}

/** Numbered steps with hanging figures. */
export function steps(paper: SlipPaper, texts: readonly TextPair[]): void {
  for (const [index, text] of texts.entries()) {
    if (index > 0) paper.skip(8)
    paper.beside(
      [
        { share: 1, write: () => paper.text(String(index + 1), { size: 26, weight: 800 }) },
        { share: 15, write: () => sentence(paper, text) },
      ],
      6,
    )
  }
}
