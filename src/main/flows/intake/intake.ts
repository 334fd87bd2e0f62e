import { type ActorRefFrom, createActor } from 'xstate'
import type { Intent } from '../../../contract/intent.ts'
import type { Screen } from '../../../contract/screen.ts'
import type { Activity, ActivityHost } from '../activity.ts'
import { actorClock, type FlowClock } from '../clock.ts'
import type { ScannedCode } from '../reading.ts'
import type { PhoneCodePort, SecretsPort } from '../secrets-port.ts'
import type { Deposit, DepositInput, DepositOutput } from './deposit.ts'
import { depositScreen } from './deposit-screen.ts'
import { nextBagDraft } from './draft.ts'
import { type Form, type FormEvent, type FormRules, newForm } from './form.ts'
import { formScreen } from './form-screen.ts'
import { formStep } from './form-step.ts'
import { createScanDesk, type ScanDesk } from './scan/scan-desk.ts'
import type { ScanPort } from './scan/scan-port.ts'
import type { SealDossier } from './seal-dossier.ts'
import type { SlipViews } from './slip-view.ts'

export interface IntakePorts {
  readonly clock: FlowClock
  readonly rules: FormRules
  readonly secrets: SecretsPort
  readonly phoneCodes: PhoneCodePort
  readonly sealDossier: SealDossier
  readonly deposit: Deposit
  readonly slipViews: SlipViews
  readonly scan: ScanPort
  /** This dossier is on the screen from now on. */
  onScreen(intakeId: string): void
  readonly limits: {
    readonly phoneCodeMs: number
    readonly bagsPerSession: number
    readonly pagesPerDossier: number
    readonly feederSenseMs: number
  }
}

type Phase =
  | { readonly name: 'form'; readonly form: Form; readonly sealing: boolean }
  | {
      readonly name: 'deposit'
      readonly form: Form | undefined
      readonly actor: ActorRefFrom<Deposit>
    }
  | { readonly name: 'done'; readonly form: Form | undefined }

/** The intake as an activity: the form, then the deposit, then the done screen; perhaps another bag. */
export function createIntake(
  ports: IntakePorts,
  host: ActivityHost,
  resume?: DepositInput,
): Activity {
  let phase: Phase = { name: 'form', form: newForm(host.language()), sealing: false }
  let stopped = false
  /** Deposits of this session that are held by the machine. */
  const held: string[] = []
  /** The citizen at the scanner: there while the form is at that step. */
  let desk: ScanDesk | undefined
  let originalLeft = false
  /** The SMS code that is on its way; in memory only. */
  let phoneCode: { readonly code: string; readonly sentAtMs: number } | undefined

  if (resume) startDeposit(resume, undefined)

  function step(event: FormEvent): boolean {
    if (phase.name !== 'form' || phase.sealing) return false
    const { form, effect, taken } = formStep(phase.form, event, ports.rules)
    phase = { ...phase, form }
    seatAtDesk(form)
    if (effect?.type === 'sendPhoneCode') void sendPhoneCode(effect.phone)
    if (effect?.type === 'checkPhoneCode') checkPhoneCode(effect.code)
    if (effect?.type === 'seal') void seal(form)
    return taken
  }

  function seatAtDesk(form: Form): void {
    if (form.step !== 'scan') {
      desk?.stop()
      desk = undefined
      return
    }
    desk ??= createScanDesk(
      {
        clock: ports.clock,
        port: ports.scan,
        maxPages: ports.limits.pagesPerDossier,
        senseMs: ports.limits.feederSenseMs,
        personHash: personHashOf(form),
        kept: keptFor(form),
      },
      {
        changed: host.changed,
        done(pages) {
          desk = undefined
          step({ type: 'scanned', pages })
          host.changed()
        },
      },
    )
  }

  /** A typed number is nobody's proof: only a card finds kept pages again. */
  function personHashOf({ draft }: Form): string | null {
    const { applicant } = draft
    if (applicant?.source !== 'card' || applicant.idNumber === '') return null
    return ports.secrets.personHash(applicant.idNumber)
  }

  /** Gone back to, or left by a crash in this person's earlier session. */
  function keptFor(form: Form) {
    if (form.draft.pages.length > 0) return form.draft.pages
    const personHash = personHashOf(form)
    return personHash === null ? [] : ports.scan.keptPages(personHash)
  }

  async function sendPhoneCode(phone: string): Promise<void> {
    const code = ports.secrets.randomDigits(6)
    phoneCode = { code, sentAtMs: ports.clock.monotonicMs() }
    const sent = await ports.phoneCodes.send(phone, code, host.language())
    if (stopped || phoneCode?.code !== code) return
    step({ type: 'phoneCodeSent', sent: sent === 'sent' })
    host.changed()
  }

  function checkPhoneCode(typed: string): void {
    const expired =
      phoneCode === undefined ||
      ports.clock.monotonicMs() - phoneCode.sentAtMs > ports.limits.phoneCodeMs
    const right = phoneCode?.code === typed
    const result = expired ? 'expired' : right ? 'right' : 'wrong'
    if (result === 'right') phoneCode = undefined
    step({ type: 'phoneCodeChecked', result })
  }

  async function seal(form: Form): Promise<void> {
    phase = { name: 'form', form, sealing: true }
    const sealed = await ports.sealDossier(form.draft, form.language)
    // The citizen may have gone in the meantime: what was sealed was never unlocked, and is let go.
    if (sealed.ok && stopped) return sealed.letGo()
    if (stopped) return
    if (!sealed.ok) {
      phase = { name: 'form', form, sealing: false }
      step({ type: sealed.reason })
      return host.changed()
    }
    startDeposit(
      {
        intakeId: sealed.intakeId,
        compartment: sealed.compartment,
        enter: 'unlock',
        silent: false,
      },
      { ...form, sessionBags: [...form.sessionBags, form.draft.bagCode ?? ''] },
    )
    host.changed()
  }

  function startDeposit(input: DepositInput, form: Form | undefined): void {
    ports.onScreen(input.intakeId)
    const actor = createActor(ports.deposit, { input, clock: actorClock(ports.clock) })
    phase = { name: 'deposit', form, actor }
    actor.subscribe({
      next: () => host.changed(),
      complete: () => {
        const output = actor.getSnapshot().output
        if (output && !stopped) afterDeposit(output, form)
      },
    })
    actor.start()
  }

  function afterDeposit(output: DepositOutput, form: Form | undefined): void {
    if (output.result === 'slipped' || output.result === 'withoutSlip') held.push(output.intakeId)
    if (held.length === 0) host.end()
    else {
      phase = { name: 'done', form }
      void lookIntoFeeder()
      host.changed()
    }
  }

  async function lookIntoFeeder(): Promise<void> {
    if (!ports.scan.isOffered()) return
    const feeder = await ports.scan.sensePaper()
    originalLeft = feeder === 'loaded'
    if (originalLeft && !stopped) host.changed()
  }

  function canAddBag(): boolean {
    return (
      phase.name === 'done' &&
      phase.form !== undefined &&
      held.length < ports.limits.bagsPerSession &&
      ports.slipViews.canPrint()
    )
  }

  function can() {
    if (phase.name !== 'form' || phase.sealing) return { back: false, leave: false }
    const { back, leave } = desk?.can() ?? { back: true, leave: true }
    return { back: back && phase.form.history.length > 0, leave }
  }

  function intendAtDesk(at: ScanDesk, intent: Intent): boolean {
    if (at.intend(intent)) return true
    const isForForm =
      intent.path === 'session.setLanguage' || (intent.path === 'session.back' && at.can().back)
    return isForForm && step({ type: 'intent', intent })
  }

  function intend(intent: Intent): boolean {
    if (intent.path === 'session.leave') {
      if (!can().leave) return false
      host.end()
      return true
    }
    switch (phase.name) {
      case 'form':
        if (desk) return intendAtDesk(desk, intent)
        return step({ type: 'intent', intent })
      case 'deposit':
        return intendDeposit(phase.actor, intent)
      case 'done':
        if (intent.path === 'intake.finish') {
          host.end()
          return true
        }
        if (intent.path === 'intake.anotherBag' && phase.form && canAddBag()) {
          const form: Form = {
            ...phase.form,
            draft: nextBagDraft(phase.form.draft),
            step: 'procedures',
            field: 'procedureQuery',
            typed: '',
            problem: null,
            history: [],
          }
          phase = { name: 'form', form, sealing: false }
          return true
        }
        return false
    }
  }

  return {
    role: 'citizen',
    screen(): Screen {
      switch (phase.name) {
        case 'form':
          return desk?.screen() ?? formScreen(phase.form, ports.rules)
        case 'deposit':
          return depositScreen(phase.actor.getSnapshot(), ports.slipViews)
        case 'done':
          return {
            name: 'intakeDone',
            slips: held.map((intakeId) => ports.slipViews.view(intakeId)),
            canAddBag: canAddBag(),
            originalLeft,
          }
      }
    },
    can,
    intend,
    read(code: ScannedCode) {
      if (desk === undefined) step({ type: 'read', code })
    },
    picture: (pageId) => desk?.picture(pageId),
    expire() {
      if (phase.name === 'deposit') phase.actor.send({ type: 'EXPIRE' })
      else if (phase.name === 'done' || !phase.sealing) host.end()
    },
    stop() {
      stopped = true
      desk?.stop()
      // A sealed dossier has taken its pages along: then this forgets nothing.
      if (phase.name === 'form' && !phase.sealing) ports.scan.forget(phase.form.draft.pages)
      if (phase.name === 'deposit') phase.actor.stop()
    },
  }
}

function intendDeposit(actor: ActorRefFrom<Deposit>, intent: Intent): boolean {
  switch (intent.path) {
    case 'intake.answerMissing':
      actor.send({ type: 'ANSWER_MISSING', inside: intent.input.inside })
      return true
    case 'intake.printAgain':
      actor.send({ type: 'PRINT_AGAIN' })
      return true
    case 'intake.finish':
      actor.send({ type: 'FINISH' })
      return true
    default:
      return false
  }
}
