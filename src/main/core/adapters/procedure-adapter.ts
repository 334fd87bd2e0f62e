import type { FeedItem } from '../../../contract/province/feed.ts'
import type { Language } from '../../../contract/roles.ts'
import type { PaperView, ProcedureView } from '../../../contract/screen.ts'
import { procedureSearch } from '../../domain/search.ts'
import type { ProcedureFacts, ProcedurePort } from '../../flows/procedure-port.ts'
import type { Catalogue, Procedure } from '../config/catalogue.ts'
import type { LocalizedText } from '../config/localized-text.ts'
import { amountText, feeText } from './procedure-words.ts'

/** The catalogue as the journeys see it, in the session's language; the province may close a procedure. */
export function procedureAdapter(
  catalogue: Catalogue,
  overrides: () => readonly FeedItem<'catalogue'>[],
): ProcedurePort {
  const entries = new Map(catalogue.procedures.map((entry) => [entry.MATTHC, entry]))
  const byCode = {
    get(code: string): Procedure | undefined {
      const entry = entries.get(code)
      const override = overrides().find(({ procedureCode }) => procedureCode === code)
      if (!entry || !override) return entry
      const { takeIn, handOut } = override
      return { ...entry, kiosk: { ...entry.kiosk, takeIn, handOut } }
    },
  }
  const search = procedureSearch(
    catalogue.procedures.map((entry) => ({
      code: entry.MATTHC,
      plainName: entry.kiosk.plainName.vi,
      officialName: entry.TENTTHC,
      keywords: [...entry.kiosk.keywords, ...otherNames(entry.kiosk.plainName)],
    })),
  )
  return {
    search: (query, language) =>
      search.find(query).flatMap(({ code }) => {
        const entry = byCode.get(code)
        return entry ? [viewOf(entry, language)] : []
      }),
    find(code, language) {
      const entry = byCode.get(code)
      return entry && factsOf(entry, language)
    },
  }
}

function otherNames(name: LocalizedText): string[] {
  return [name.en, name.km].filter((text) => text !== undefined)
}

function inLanguage(text: LocalizedText | undefined, language: Language): string {
  return text?.[language] ?? text?.vi ?? ''
}

function viewOf(entry: Procedure, language: Language): ProcedureView {
  return {
    code: entry.MATTHC,
    name: entry.TENTTHC,
    plainName: inLanguage(entry.kiosk.plainName, language),
    takeIn: entry.kiosk.takeIn,
  }
}

function factsOf(entry: Procedure, language: Language): ProcedureFacts {
  const { kiosk } = entry
  // Papers reach the office at once; the conditions of handing in at the counter (channel 1) apply.
  const inPerson = entry.CACHTHUCTHUCHIEN.find(({ KENH }) => KENH === '1')?.THOIGIAN[0]
  return {
    view: viewOf(entry, language),
    reason: kiosk.takeIn === 'paper' ? '' : inLanguage(kiosk.takeInReason, language),
    fee: feeText(inPerson?.PHILEPHI ?? [], language),
    duration: inPerson ? amountText(inPerson.THOIGIANGIAIQUYET, inPerson.DONVITINH, language) : '',
    handOut: kiosk.handOut,
    presenceNeeded: kiosk.presenceNeeded,
    bagSize: kiosk.bagSize,
    papers: kiosk.papers.map((paper): PaperView => {
      const [first = 'photocopy'] = paper.allowedKinds
      return {
        id: paper.id,
        name: inLanguage(paper.name, language),
        handling: paper.handling,
        allowedKinds: paper.allowedKinds,
        kind: first,
        count: paper.handling === 'show' || paper.optional ? 0 : paper.defaultCount,
      }
    }),
  }
}
