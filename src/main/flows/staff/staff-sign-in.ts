import type { Intent } from '../../../contract/intent.ts'
import type { Screen, ScreenProblem } from '../../../contract/screen.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import { cleanTyped, inputOf } from '../typed-field.ts'
import type { SignedIn, StaffAccess } from './staff-port.ts'

export interface SignInPorts {
  readonly access: StaffAccess
  /** What the role of whoever signed in does at this machine. */
  begin(host: ActivityHost, signedIn: SignedIn): Activity
}

const shortestPin = 4

/** A badge was held to the reader: its PIN, then on to what its role may do. */
export function createStaffSignIn(ports: SignInPorts, host: ActivityHost, badge: string): Activity {
  let typed = ''
  let checking = false
  let problem: ScreenProblem | null = null
  let stopped = false

  async function signIn(pin: string): Promise<void> {
    checking = true
    typed = ''
    const answer = await ports.access.signIn(badge, pin)
    if (stopped) return
    checking = false
    if (answer.ok) return host.end(ports.begin(host, { badge, staff: answer.staff }))
    problem = answer.code
    host.changed()
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.setLanguage') return false
    problem = null
    switch (intent.path) {
      case 'session.leave':
        host.end()
        return true
      case 'input.set':
        if (checking) return false
        typed = cleanTyped('pin', intent.input.value)
        return true
      case 'input.submit':
        if (checking || typed.length < shortestPin) return false
        void signIn(typed)
        return true
      default:
        return false
    }
  }

  return {
    role: 'nobody',
    screen: (): Screen => ({ name: 'staffPin', input: inputOf('pin', typed), problem }),
    can: () => ({ back: false, leave: true }),
    intend,
    read() {
      problem = null
    },
    expire: () => host.end(),
    stop() {
      stopped = true
    },
  }
}
