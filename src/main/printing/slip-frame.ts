import type { SlipContent } from './slip-content.ts'
import type { SlipPaper } from './slip-paper.ts'
import { labelStyle, noteStyle, secondLabelStyle } from './slip-styles.ts'
import { clockAndDate, type SlipTextKey, slipText } from './slip-texts.ts'

/** Whose machine it is: the head of everything that is printed. */
export function writeHead(paper: SlipPaper, content: SlipContent): void {
  const machine = slipText('machine', content.secondLanguage)
  paper.skip(6)
  paper.text(content.authority.toLocaleUpperCase('vi'), { size: 23, weight: 700 })
  paper.text(`${content.place} · ${machine.vi} ${content.kioskId}`, noteStyle)
  paper.skip(8)
  paper.rule(5)
  paper.skip(10)
}

/** Time large, date beside it, and the admission that nobody checked the clock. */
export function writeTime(paper: SlipPaper, content: SlipContent, label: SlipTextKey): void {
  const { clock, date } = clockAndDate(content.at, content.timeZone)
  const name = slipText(label, content.secondLanguage)
  paper.inline(name.vi, labelStyle, name.second, secondLabelStyle)
  paper.textToFit(`${clock}  ${date}`, { size: 30, weight: 700 })
  if (content.clockSynchronised) return
  const warning = slipText('clockUnsynchronised', content.secondLanguage)
  paper.text(`(${warning.vi})`, labelStyle)
  if (warning.second !== undefined) paper.text(`(${warning.second})`, secondLabelStyle)
}

/** White letters on black: what must not be overlooked. */
export function writeBand(paper: SlipPaper, key: SlipTextKey, content: SlipContent): void {
  const text = slipText(key, content.secondLanguage)
  paper.box('black', 8, () => {
    paper.textToFit(text.vi, { size: 34, weight: 800, align: 'center', colour: 'white' })
    if (text.second !== undefined) {
      paper.text(text.second, { size: 22, weight: 600, align: 'center', colour: 'white' })
    }
  })
}

export function writeHelp(paper: SlipPaper, content: SlipContent): void {
  const label = slipText('help', content.secondLanguage)
  paper.skip(10)
  paper.rule(3)
  paper.skip(8)
  paper.beside([
    {
      share: 2,
      write: () => paper.inline(label.vi, labelStyle, label.second, secondLabelStyle),
    },
    {
      share: 3,
      write: () => paper.text(content.helpLine, { size: 27, weight: 700, align: 'right' }),
    },
  ])
  paper.text(content.helpHours, { ...noteStyle, align: 'right' })
  // The cutter leaves a ragged edge; nothing may stand close to it.
  paper.skip(24)
}
