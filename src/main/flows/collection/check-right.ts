import type { Screen } from '../../../contract/screen.ts'
import type { SecretsPort } from '../secrets-port.ts'
import type { DossierStore, ResultRow, ResultStore, RightRow, RightStore } from '../store-port.ts'

type Refusal = Extract<Screen, { name: 'collectRefused' }>['refusal']

/** What a citizen has given so far. All of it stays in memory. */
export interface Given {
  /** Payload of the one-time QR. */
  readonly qr?: string
  /** Digits, typed: the collection code, or the secret chosen at intake. */
  readonly code?: string
  /** From a slip whose signature holds, or its number typed. */
  readonly intakeId?: string
  /** The signed slip itself was held to the reader; a typed number may be anybody's guess. */
  readonly slipShown?: boolean
  /** From a card. */
  readonly idNumber?: string
}

export type RightCheck =
  | { readonly verdict: 'open'; readonly right: RightRow }
  /** Something is missing yet. */
  | { readonly verdict: 'needCode' | 'needProof' }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }

export interface CheckPorts {
  readonly store: RightStore &
    ResultStore &
    Pick<DossierStore, 'isPersonOf' | 'isSecretOf' | 'personOf'>
  readonly secrets: SecretsPort
  readonly limits: {
    readonly triesPerRight: number
    /** Within a day, over all results of one person. */
    readonly triesPerPerson: number
    readonly triesPerHour: number
  }
}

const hourMs = 3_600_000
const dayMs = 86_400_000

/**
 * May this person have this door? Every guess is counted on disk before it is compared. What is typed is
 * told one thing only when it is wrong; who holds the one-time QR has shown whose it was.
 */
export function checkRight(given: Given, ports: CheckPorts): RightCheck {
  if (given.qr !== undefined) return checkQr(given, given.qr, ports)
  if (given.intakeId !== undefined) return checkSlip(given, given.intakeId, ports)
  if (given.code !== undefined) return checkCode(given, given.code, ports)
  return { verdict: 'needCode' }
}

function checkQr(given: Given, qr: string, ports: CheckPorts): RightCheck {
  const right = ports.store.rightByQrHash(ports.secrets.rightHash(qr))
  if (!right) return refused('codeNotValid')
  return judge(right, given, ports, true)
}

function checkSlip(given: Given, intakeId: string, ports: CheckPorts): RightCheck {
  const result = ports.store.resultByIntakeId(intakeId)
  const right = result && ports.store.rightOfResult(result.resultId)
  if (!right) return refused('notHereYet')
  if (given.code === undefined) return { verdict: 'needCode' }
  const { rightId } = right
  const person = ports.store.personOf(intakeId)
  // Anybody can type numbers and make up cards: their guesses must not shut out who holds the slip itself.
  const own = given.slipShown ? `slip:${rightId}` : `right:${rightId}`
  const shared = given.slipShown
    ? personScopes('slipPerson', person, ports)
    : [...personScopes('person', person, ports), kioskScope(ports)]
  const scopes = [{ scope: own, limit: ports.limits.triesPerRight, windowMs: dayMs }, ...shared]
  if (!ports.store.beginTry(scopes)) return refused('tooManyTries')
  const isCode =
    ports.store.rightByCodeHash(ports.secrets.rightHash(given.code))?.rightId === right.rightId
  const isSecret = ports.store.isSecretOf(intakeId, ports.secrets.secretHash(intakeId, given.code))
  if (!isCode && !isSecret) return refused('codeNotValid')
  // Only this right's own count: a holder of one good code must not give a guesser new tries.
  ports.store.clearTries([own])
  ports.store.takeBackTry(shared.map(({ scope }) => scope))
  return judge(right, given, ports, true)
}

function checkCode(given: Given, code: string, ports: CheckPorts): RightCheck {
  const { idNumber } = given
  const person = idNumber === undefined ? undefined : ports.secrets.personHash(idNumber)
  const scopes = [...personScopes('person', person, ports), kioskScope(ports)]
  if (!ports.store.beginTry(scopes)) return refused('tooManyTries')
  const right = ports.store.rightByCodeHash(ports.secrets.rightHash(code))
  if (right?.state !== 'valid') return refused('codeNotValid')
  // Good codes use nothing up: else a busy hour would close the machine to everybody.
  ports.store.takeBackTry(scopes.map(({ scope }) => scope))
  return judge(right, given, ports, false)
}

/** Somebody with several results gets no more guesses than somebody with one. */
function personScopes(
  name: 'person' | 'slipPerson',
  personHash: string | undefined,
  { limits }: CheckPorts,
) {
  if (personHash === undefined) return []
  return [{ scope: `${name}:${personHash}`, limit: limits.triesPerPerson, windowMs: dayMs }]
}

function kioskScope({ limits }: CheckPorts) {
  return { scope: 'kiosk:code', limit: limits.triesPerHour, windowMs: hourMs }
}

/** The code is right. Is the right good, and is the code alone enough? */
function judge(right: RightRow, given: Given, ports: CheckPorts, holderShown: boolean): RightCheck {
  const bad = badRight(right)
  if (bad !== undefined) return refused(holderShown ? bad : 'codeNotValid')
  const result = ports.store.result(right.resultId)
  if (!result) return refused('codeNotValid')
  if (result.assurance === 'officerOnly') return refused('officerOnly')
  // A slip's number is no secret: guessing which one belongs to a stolen code is counted like guessing a code, but
  // apart from it: only who has the code comes here.
  const tries = {
    scope: `proof:${right.rightId}`,
    limit: ports.limits.triesPerRight,
    windowMs: dayMs,
  }
  const givesProof = given.intakeId !== undefined || given.idNumber !== undefined
  if (givesProof && !ports.store.beginTry([tries])) return refused('tooManyTries')
  const proof = proofOf(result, given, ports)
  if (proof === 'wrong') return refused('notYours')
  if (proof === 'right') ports.store.clearTries([tries.scope])
  // A phone that nobody confirmed may be anybody's: its code alone opens nothing.
  const codeIsEnough = result.assurance === 'code' && result.phoneConfirmed
  if (codeIsEnough || proof === 'right') return { verdict: 'open', right }
  return { verdict: 'needProof' }
}

function badRight(right: RightRow): Refusal | undefined {
  switch (right.state) {
    case 'consumed':
      return 'alreadyTaken'
    case 'expired':
      return 'expired'
    case 'revoked':
    case 'locked':
      return 'officerOnly'
    case 'valid':
      return right.isOver ? 'expired' : undefined
  }
}

function proofOf(result: ResultRow, given: Given, ports: CheckPorts): 'right' | 'wrong' | 'none' {
  if (given.intakeId !== undefined) return given.intakeId === result.intakeId ? 'right' : 'wrong'
  if (given.idNumber !== undefined) {
    const idHash = ports.secrets.personHash(given.idNumber)
    const isTheirs = result.intakeId !== null && ports.store.isPersonOf(result.intakeId, idHash)
    return isTheirs ? 'right' : 'wrong'
  }
  return 'none'
}

function refused(refusal: Refusal): RightCheck {
  return { verdict: 'refused', refusal }
}
