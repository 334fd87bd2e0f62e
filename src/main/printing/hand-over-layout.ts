import type { HandOverContent } from './slip-content.ts'
import { writeHead, writeHelp, writeTime } from './slip-frame.ts'
import type { SlipPaper } from './slip-paper.ts'
import { bodyStyle, labelStyle, noteStyle } from './slip-styles.ts'
import { slipText } from './slip-texts.ts'

const groups = ['collected', 'unreadable', 'missing', 'surplus', 'returned'] as const

/** Biên bản bàn giao: what was taken out of the machine, for two signatures. Codes, never names of citizens. */
export function writeHandOver(paper: SlipPaper, content: HandOverContent): void {
  const say = (key: Parameters<typeof slipText>[0]) => slipText(key, undefined).vi
  writeHead(paper, content)
  paper.textToFit(say('handOverTitle'), { size: 46, weight: 800 })
  paper.text(content.recordId, noteStyle)
  paper.skip(10)
  writeTime(paper, content, 'incidentTime')
  paper.skip(10)
  for (const group of groups) {
    const codes = content[group]
    paper.rule(2)
    paper.skip(6)
    paper.beside([
      { share: 4, write: () => paper.text(say(`handOver_${group}`), bodyStyle) },
      {
        share: 1,
        write: () => paper.text(String(codes.length), { size: 30, weight: 800, align: 'right' }),
      },
    ])
    if (codes.length > 0) paper.text(codes.join(', '), labelStyle)
    paper.skip(6)
  }
  paper.rule(3)
  paper.skip(12)
  paper.text(say('handOverGives'), labelStyle)
  paper.text(content.officerName, { size: 27, weight: 700 })
  paper.skip(70)
  paper.dottedRule()
  paper.skip(14)
  paper.text(say('handOverTakes'), labelStyle)
  paper.skip(100)
  paper.dottedRule()
  paper.skip(10)
  writeHelp(paper, content)
}
