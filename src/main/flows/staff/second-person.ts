import type { Intent } from '../../../contract/intent.ts'
import type { ScreenProblem } from '../../../contract/screen.ts'
import type { ScannedCode } from '../reading.ts'
import { cleanTyped } from '../typed-field.ts'
import type { SignedIn, StaffAccess, StaffMember } from './staff-port.ts'

export interface SecondPersonPorts {
  readonly access: StaffAccess
  /** Roles that may confirm what the first person asks for. */
  readonly roles: readonly StaffMember['role'][]
  changed(): void
  confirmed(second: StaffMember): void
}

/** Somebody else, who holds another badge to the reader and types its PIN: four eyes on one act. */
export interface SecondPerson {
  readonly step: 'badge' | 'pin'
  /** Digits of the PIN so far. */
  readonly typed: string
  readonly problem: ScreenProblem | null
  read(code: ScannedCode): void
  /** Takes the keypad's intentions while a PIN is asked for. */
  intend(intent: Intent): boolean
  stop(): void
}

const shortestPin = 4

export function createSecondPerson(
  { access, roles, changed, confirmed }: SecondPersonPorts,
  first: SignedIn,
): SecondPerson {
  let badge: string | undefined
  let typed = ''
  let checking = false
  let problem: ScreenProblem | null = null
  let stopped = false

  async function check(second: string, pin: string): Promise<void> {
    typed = ''
    checking = true
    const answer = await access.signIn(second, pin)
    if (stopped) return
    checking = false
    if (!answer.ok) problem = answer.code
    else if (answer.staff.staffId === first.staff.staffId || !roles.includes(answer.staff.role)) {
      problem = 'secondIsFirst'
      badge = undefined
    } else {
      stopped = true
      confirmed(answer.staff)
    }
    changed()
  }

  return {
    get step() {
      return badge === undefined ? 'badge' : 'pin'
    },
    get typed() {
      return typed
    },
    get problem() {
      return problem
    },
    read(code) {
      problem = null
      if (checking) problem = 'readNotWanted'
      else if (code.kind !== 'badge' || !access.knowsBadge(code.payload)) problem = 'badgeUnknown'
      else if (code.payload === first.badge) problem = 'secondIsFirst'
      else {
        badge = code.payload
        typed = ''
      }
    },
    intend(intent) {
      if (badge === undefined || checking) return false
      problem = null
      if (intent.path === 'input.set') {
        typed = cleanTyped('pin', intent.input.value)
        return true
      }
      if (intent.path !== 'input.submit' || typed.length < shortestPin) return false
      void check(badge, typed)
      return true
    },
    stop() {
      stopped = true
    },
  }
}
