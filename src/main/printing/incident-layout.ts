import type { IncidentContent } from './slip-content.ts'
import { writeBand, writeHead, writeHelp, writeTime } from './slip-frame.ts'
import type { SlipPaper } from './slip-paper.ts'
import {
  field,
  labelStyle,
  secondBodyStyle,
  secondLabelStyle,
  sentence,
  steps,
} from './slip-styles.ts'
import { momentText, slipText, withMoment } from './slip-texts.ts'

/** A note for a citizen whose bag the machine cannot vouch for. It carries no QR: it proves nothing. */
export function writeIncident(paper: SlipPaper, content: IncidentContent): void {
  const language = content.secondLanguage
  const title = slipText('incidentTitle', language)
  const reference = slipText('reference', language)
  const moment = momentText(content.officerLooksBy, content.timeZone, language)

  writeHead(paper, content)
  paper.textToFit(title.vi, { size: 46, weight: 800 })
  if (title.second !== undefined) paper.text(title.second, { size: 22, weight: 600 })
  paper.skip(8)
  writeBand(paper, 'notASlip', content)
  paper.skip(14)
  paper.box('frame', 10, () => {
    paper.inline(reference.vi, labelStyle, reference.second, secondLabelStyle)
    paper.textToFit(content.reference, { size: 48, weight: 800 })
  })
  paper.skip(12)
  writeTime(paper, content, 'incidentTime')
  paper.skip(8)
  const { bagCode, compartment } = content
  const cells = []
  if (bagCode !== undefined) {
    cells.push({ share: 2, write: () => field(paper, slipText('bagCode', language), bagCode) })
  }
  if (compartment !== undefined) {
    cells.push({
      share: 1,
      write: () => field(paper, slipText('compartment', language), compartment),
    })
  }
  if (cells.length > 0) paper.columns(cells)
  paper.skip(8)
  paper.rule(5)
  paper.skip(10)
  sentence(paper, slipText('incidentWhat', language))
  paper.skip(8)
  sentence(paper, slipText('incidentSafe', language))
  paper.skip(12)
  const next = slipText('next', language)
  paper.inline(next.vi, { size: 25, weight: 800 }, next.second, secondBodyStyle)
  paper.skip(6)
  steps(paper, [
    withMoment(slipText('incidentOfficer', language), moment),
    slipText('incidentNotAgain', language),
    slipText('incidentKeep', language),
  ])
  writeHelp(paper, content)
}
