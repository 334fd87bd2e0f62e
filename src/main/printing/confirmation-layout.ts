import type { ConfirmationContent } from './slip-content.ts'
import { writeBand, writeHead, writeHelp, writeTime } from './slip-frame.ts'
import type { SlipPaper } from './slip-paper.ts'
import { qrModuleDots, qrModules } from './slip-qr.ts'
import {
  bodyStyle,
  field,
  labelStyle,
  noteStyle,
  secondBodyStyle,
  secondLabelStyle,
  sentence,
  steps,
} from './slip-styles.ts'
import { confirmationSubtitle, momentText, slipText, withMoment } from './slip-texts.ts'

function writeTitle(paper: SlipPaper, content: ConfirmationContent): void {
  const title = slipText('confirmationTitle', content.secondLanguage)
  paper.textToFit(title.vi, { size: 56, weight: 800 })
  paper.textToFit(confirmationSubtitle, { size: 36, weight: 700 })
  if (title.second !== undefined) {
    paper.skip(2)
    paper.text(title.second, { size: 22, weight: 600 })
  }
  paper.skip(10)
  if (content.kind === 'reprint') {
    writeBand(paper, 'reprint', content)
    paper.skip(10)
  }
}

function writeIntakeId(paper: SlipPaper, content: ConfirmationContent): void {
  const label = slipText('intakeId', content.secondLanguage)
  paper.box(
    'frame',
    10,
    () => {
      paper.inline(label.vi, labelStyle, label.second, secondLabelStyle)
      paper.textToFit(content.intakeId, { size: 62, weight: 800 })
    },
    4,
  )
  paper.skip(12)
}

function writePeople(paper: SlipPaper, content: ConfirmationContent): void {
  const text = (key: Parameters<typeof slipText>[0]) => slipText(key, content.secondLanguage)
  const same = text('ownerIsApplicant')
  paper.columns([
    { share: 1, write: () => field(paper, text('applicant'), content.applicantMasked) },
    {
      share: 1,
      write: () => {
        if (content.ownerMasked !== undefined) {
          field(paper, text('owner'), content.ownerMasked)
          return
        }
        field(paper, text('owner'), same.vi, bodyStyle)
        if (same.second !== undefined) paper.text(same.second, secondBodyStyle)
      },
    },
  ])
}

function writePapers(paper: SlipPaper, content: ConfirmationContent): void {
  const text = (key: Parameters<typeof slipText>[0]) => slipText(key, content.secondLanguage)
  const title = text('papers')
  const declared = text('asDeclared')
  paper.inline(
    `${title.vi} (${declared.vi})`,
    labelStyle,
    title.second && `${title.second} (${declared.second})`,
    secondLabelStyle,
  )
  paper.skip(4)
  if (content.papers.length === 0) {
    sentence(paper, text('noPapers'))
    return
  }
  for (const line of content.papers) {
    const kind = text(line.kind)
    const { count } = line
    paper.beside(
      [
        { share: 1, write: () => paper.text('–', bodyStyle) },
        {
          share: 20,
          write: () => {
            paper.text(`${line.name}: ${count} ${kind.vi}`, bodyStyle)
            if (line.nameSecond === undefined) return
            paper.text(`${line.nameSecond}: ${count} × ${kind.second ?? ''}`, secondBodyStyle)
          },
        },
      ],
      4,
    )
    paper.skip(4)
  }
}

function writeNext(paper: SlipPaper, content: ConfirmationContent): void {
  const language = content.secondLanguage
  const title = slipText('next', language)
  const moment = momentText(content.officerLooksBy, content.timeZone, language)
  paper.inline(title.vi, { size: 25, weight: 800 }, title.second, secondBodyStyle)
  paper.skip(6)
  steps(paper, [
    withMoment(slipText('officerLooks', language), moment),
    slipText('officerAnswers', language),
  ])
  paper.skip(10)
  paper.box('frame', 10, () => sentence(paper, slipText('notAcceptance', language)))
}

function writeQr(paper: SlipPaper, content: ConfirmationContent): void {
  const modules = qrModules(content.qrPayload)
  paper.skip(4)
  paper.qr(modules, qrModuleDots(modules, paper.availableDots, paper.isNarrow ? 4 : 5), () => {
    sentence(paper, slipText('keepSlip', content.secondLanguage), { size: 23, weight: 700 })
    paper.skip(12)
    sentence(paper, slipText('scan', content.secondLanguage), noteStyle)
  })
}

/** Phiếu xác nhận gửi hồ sơ qua máy: what the machine knows, and no more. */
export function writeConfirmation(paper: SlipPaper, content: ConfirmationContent): void {
  const text = (key: Parameters<typeof slipText>[0]) => slipText(key, content.secondLanguage)
  const divide = () => {
    paper.skip(9)
    paper.dottedRule()
    paper.skip(9)
  }
  writeHead(paper, content)
  writeTitle(paper, content)
  writeIntakeId(paper, content)
  paper.columns([
    { share: 11, write: () => writeTime(paper, content, 'time') },
    {
      share: 9,
      write: () => field(paper, text('bagCode'), content.bagCode, { size: 30, weight: 700 }),
    },
  ])
  divide()
  field(paper, text('procedure'), content.procedureName)
  const { procedureName, procedureNameSecond } = content
  // A procedure without a name in that language has the Vietnamese one: once is enough.
  if (procedureNameSecond !== undefined && procedureNameSecond !== procedureName) {
    paper.text(procedureNameSecond, secondBodyStyle)
  }
  divide()
  writePeople(paper, content)
  divide()
  writePapers(paper, content)
  paper.skip(8)
  paper.rule(5)
  paper.skip(10)
  writeNext(paper, content)
  writeQr(paper, content)
  writeHelp(paper, content)
}
