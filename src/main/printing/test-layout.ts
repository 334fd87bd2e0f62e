import type { TestContent } from './slip-content.ts'
import { writeBand, writeHead, writeHelp, writeTime } from './slip-frame.ts'
import type { SlipPaper } from './slip-paper.ts'
import { qrModuleDots, qrModules } from './slip-qr.ts'
import { bodyStyle, secondBodyStyle } from './slip-styles.ts'
import { slipText } from './slip-texts.ts'

/** Letters that show at a glance whether fonts and shaping are whole. */
const vietnameseProbe = 'Ấẩ Ỡỡ Ữữ Ặặ Ỵỵ Đđ Ẵẵ Ễễ · nghị quyết, thửa đất, hủy, hòa'
const khmerProbe = 'ភាសាខ្មែរ ស្ត្រី ក្រុម ពុទ្ធ ១២៣៤៥៦៧៨៩០'

/** What a technician looks at: edges, letters, small print and a code that the reader must read. */
export function writeTest(paper: SlipPaper, content: TestContent): void {
  const title = slipText('testTitle', content.secondLanguage)
  const modules = qrModules(content.qrPayload)
  writeHead(paper, content)
  paper.textToFit(title.vi, { size: 56, weight: 800 })
  if (title.second !== undefined) paper.text(title.second, { size: 22, weight: 600 })
  paper.skip(8)
  writeBand(paper, 'testNoValue', content)
  paper.skip(12)
  writeTime(paper, content, 'incidentTime')
  paper.skip(10)
  paper.dottedRule()
  paper.skip(10)
  for (const size of [34, 27, 22, 18]) paper.text(vietnameseProbe, { size, weight: 600 })
  paper.text(khmerProbe, bodyStyle)
  paper.text(khmerProbe, secondBodyStyle)
  paper.qr(modules, qrModuleDots(modules, paper.availableDots, 6))
  writeHelp(paper, content)
}
