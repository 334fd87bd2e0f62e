import type { SealedDossier, Sms } from '../../../contract/province/sealed.ts'
import type { Language } from '../../../contract/roles.ts'
import { makeIntakeId } from '../../domain/intake-id.ts'
import { maskName } from '../../domain/mask.ts'
import type { SlipFacts } from '../../domain/slip-facts.ts'
import type { ProcedureFacts, ProcedurePort } from '../procedure-port.ts'
import type { SealPort, SecretsPort } from '../secrets-port.ts'
import type { DossierStore } from '../store-port.ts'
import type { Draft } from './draft.ts'
import type { UnconfirmedLimits } from './unconfirmed-limits.ts'

export type SealResult =
  | {
      readonly ok: true
      readonly intakeId: string
      readonly compartment: number
      /** Nobody will open the door: as if it had never been. */
      letGo(): void
    }
  | { readonly ok: false; readonly reason: 'noCompartment' | 'tooManyUnconfirmed' }

const noCompartment = { ok: false, reason: 'noCompartment' } as const
const tooManyUnconfirmed = { ok: false, reason: 'tooManyUnconfirmed' } as const

export type SealDossier = (draft: Draft, language: Language) => Promise<SealResult>

export interface SealDossierPorts {
  readonly kioskId: string
  readonly store: DossierStore
  readonly seal: SealPort
  readonly secrets: SecretsPort
  readonly procedures: ProcedurePort
  /**
   * The smallest empty drop compartment that fits, seen closed and empty; none when there are no more than `kept` of
   * any size.
   */
  freeCompartment(size: 'small' | 'large', kept: number): number | undefined
  readonly unconfirmed: Pick<UnconfirmedLimits, 'count' | 'keptCompartments'>
  /** The person wants everything in reach. */
  wantsLowDoor(): boolean
  now(): { readonly iso: string; readonly synchronised: boolean }
  /** Text of the SMS that goes out when the slip cannot be printed. */
  smsText(intakeId: string, language: Language): string
}

/**
 * Fixes what was said: from here on it exists as ciphertext to the province, masked copies and keyed hashes.
 * Encryption comes before the one transaction that reserves number, bag and compartment.
 */
export function createSealDossier(ports: SealDossierPorts): SealDossier {
  return async (draft, language) => {
    const { applicant, owner, relation, procedureCode, bagCode } = draft
    if (!applicant || !owner || !relation || !procedureCode || !bagCode) return noCompartment
    // Whatever language the citizen speaks, officers read Vietnamese.
    const procedure = ports.procedures.find(procedureCode, 'vi')
    const translated = ports.procedures.find(procedureCode, language)
    if (!procedure || ports.freeCompartment(procedure.bagSize, 0) === undefined)
      return noCompartment
    const kept = ports.unconfirmed.keptCompartments(draft)
    const isKept = () => ports.freeCompartment(procedure.bagSize, kept) === undefined
    if (isKept() || !ports.unconfirmed.count(draft)) return tooManyUnconfirmed

    const { epoch, number } = ports.store.allocateIntakeNumber()
    const intakeId = makeIntakeId({ kioskId: ports.kioskId, epoch, number })
    const at = ports.now()
    const handedIn = draft.papers.filter((paper) => paper.handling === 'handIn' && paper.count > 0)
    const papers = handedIn.map(({ id, name, kind, count }) => ({
      id,
      name: nameOf(procedure, id) ?? name,
      kind,
      count,
    }))
    const inSession = (name: string | undefined) => (language === 'vi' ? undefined : name)
    const plaintext = JSON.stringify({
      version: 1,
      intakeId,
      bagCode,
      procedureCode,
      procedureName: procedure.view.name,
      applicant,
      owner,
      relation,
      phone: draft.phone,
      phoneConfirmed: draft.phoneConfirmed,
      hasSecret: draft.secret !== '',
      papers,
      pages: draft.pages.map(({ contentHash, captureHash }) => ({ contentHash, captureHash })),
      language,
      sealedAt: at.iso,
      salt: ports.seal.salt(),
    } satisfies SealedDossier)
    const sms: Sms = { version: 1, phone: draft.phone, text: ports.smsText(intakeId, language) }
    const [sealed, smsSealed] = await Promise.all([
      ports.seal.seal(plaintext),
      draft.phone === '' ? null : ports.seal.seal(JSON.stringify(sms)),
    ])

    // Chosen last: while the machine was encrypting, nobody else could reserve one.
    const compartment = ports.freeCompartment(procedure.bagSize, kept)
    if (compartment === undefined || ports.store.isBagUsed(bagCode)) return noCompartment
    const facts: SlipFacts = {
      applicantMasked: maskName(applicant.name),
      ownerMasked: maskName(owner.name),
      procedureName: procedure.view.plainName,
      procedureNameSecond: inSession(translated?.view.plainName),
      papers: papers.map(({ id, name, kind, count }) => ({
        name,
        nameSecond: inSession(nameOf(translated, id)),
        kind,
        count,
      })),
    }
    const hashOf = (idNumber: string) =>
      idNumber === '' ? null : ports.secrets.personHash(idNumber)
    ports.store.sealDossier({
      intakeId,
      bagCode,
      procedureCode,
      compartment,
      contentHash: ports.seal.contentHash(plaintext),
      sealed,
      smsSealed,
      phoneConfirmed: draft.phoneConfirmed,
      lowDoor: ports.wantsLowDoor(),
      language,
      facts,
      applicantIdHash: hashOf(applicant.idNumber),
      ownerIdHash: hashOf(owner.idNumber),
      secretHash: draft.secret === '' ? null : ports.secrets.secretHash(intakeId, draft.secret),
      pages: draft.pages.map(({ contentHash }) => contentHash),
      at: at.iso,
      clockSynchronised: at.synchronised,
    })
    return {
      ok: true,
      intakeId,
      compartment,
      letGo: () => ports.store.abandonDossier(intakeId, 'sessionEnded', 'empty'),
    }
  }
}

function nameOf(procedure: ProcedureFacts | undefined, paperId: string): string | undefined {
  return procedure?.papers.find(({ id }) => id === paperId)?.name
}
