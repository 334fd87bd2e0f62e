import type { Answer } from '../../contract/contract.ts'
import { type Display, plainDisplay } from '../../contract/display.ts'
import type { Service } from '../../contract/faults.ts'
import type { Intent } from '../../contract/intent.ts'
import type { Language } from '../../contract/roles.ts'
import type { Screen, ScreenName } from '../../contract/screen.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { Activity, ActivityHost } from './activity.ts'
import type { ChoicesMark } from './choices.ts'
import type { FlowClock } from './clock.ts'
import type { ScannedCode } from './reading.ts'

export interface SessionPorts {
  readonly clock: FlowClock
  readonly languages: readonly Language[]
  readonly coreId: string
  readonly choices: ChoicesMark
  /** How long each screen waits for a person, warning included; screens not named wait for ever. */
  readonly screenTimeoutsMs: Partial<Readonly<Record<ScreenName, number>>>
  readonly warningMs: number
  /** What is the same on every screen: place, services, wall, clock. */
  surroundings(language: Language): Pick<Snapshot, 'kiosk' | 'services' | 'wall' | 'clock'>
  freeCompartments(): number
  idleHint(): 'none' | 'holdCardOrBag'
  startIntake(host: ActivityHost): Activity
  startCollection(host: ActivityHost, code: ScannedCode | undefined): Activity
  /** What a code held to the idle reader begins; undefined when it means nothing there. */
  startFromCode(host: ActivityHost, code: ScannedCode): Activity | undefined
  /** Called when the machine becomes idle or is taken. */
  onOccupied(occupied: boolean): void
}

export interface Session {
  current(): Snapshot
  /** As the person who is here wants it. */
  display(): Display
  onChange(listener: () => void): () => void
  intend(path: string, input: { readonly screenId: string }): Answer
  read(code: ScannedCode): void
  picture(pageId: string): Uint8Array | undefined
  /** Devices, clock or rows changed: what is shown may have to change. */
  refresh(): void
  /** Takes up an unfinished matter on the screen; only when nobody else is there. */
  resume(start: (host: ActivityHost) => Activity): boolean
  stop(): void
}

/** Staff work in these; a citizen who spoke another before them is no reason to change that. */
const forStaff: ReadonlySet<Language> = new Set(['vi', 'en'])
/** Nobody who chose a language or large text stands before an idle screen for longer without a touch. */
const forgetChoicesMs = 60_000

/** Readings that lead nowhere, one after the other, that still are a sign of life. */
const mostFruitlessReadings = 20

/** All is said and nothing can be lost: these screens end without asking who is still there. */
const endsQuietly: ReadonlySet<ScreenName> = new Set([
  'intakeDone',
  'intakeAbandoned',
  'collectDone',
  'collectRefused',
])

/** One person at a time: hosts the activity, gives every screen its identity and its time. */
export function createSession(ports: SessionPorts): Session {
  const [firstLanguage = 'vi'] = ports.languages
  const listeners = new Set<() => void>()
  const { last: chosen } = ports.choices
  let language: Language = ports.languages.find((one) => one === chosen?.language) ?? firstLanguage
  let display: Display = chosen?.display ?? plainDisplay
  let cancelForget = () => {}
  let activity: Activity | undefined
  let idleProblem: Extract<Screen, { name: 'idle' }>['problem'] = null
  let activityCount = 0
  let revision = 0
  let screenKey = ''
  let screenCount = 0
  let warning: { secondsLeft: number } | null = null
  let cancelTimer = () => {}
  let fruitlessReadings = 0
  let snapshot: Snapshot = build()
  // Their matter may come back to the screen; if it does not, they may still be standing there.
  if (chosen !== undefined) forgetLater()

  const host: ActivityHost = {
    language: () => language,
    changed: () => publish(),
    end(next) {
      activity?.stop()
      activity = next
      activityCount += 1
      idleProblem = null
      if (!next) {
        forgetChoices()
        ports.onOccupied(false)
      }
      publish()
    },
  }

  function forgetChoices(): void {
    cancelForget()
    language = firstLanguage
    display = plainDisplay
    ports.choices.clear()
  }

  function keepChoices(): void {
    ports.choices.note({ language, display })
    forgetLater()
  }

  /** Chosen at the idle screen by somebody who then walked away: the next person finds it plain. */
  function forgetLater(): void {
    cancelForget()
    if (activity) return
    cancelForget = ports.clock.setTimer(forgetChoicesMs, () => {
      forgetChoices()
      publish()
    })
  }

  function begin(start: (host: ActivityHost) => Activity | undefined): boolean {
    if (activity) return false
    // An activity may end within its own start; a later one must not be overwritten by it.
    const serial = activityCount
    const started = start(host)
    if (!started || serial !== activityCount) return false
    activity = started
    activityCount += 1
    cancelForget()
    idleProblem = null
    ports.onOccupied(true)
    publish()
    return true
  }

  function screenNow(): Screen {
    if (activity) return activity.screen()
    return {
      name: 'idle',
      freeCompartments: ports.freeCompartments(),
      hint: ports.idleHint(),
      problem: idleProblem,
    }
  }

  function build(): Snapshot {
    const screen = screenNow()
    const field = 'input' in screen ? screen.input.field : ''
    const key = `${activityCount}/${screen.name}/${field}`
    if (key !== screenKey) {
      screenKey = key
      screenCount += 1
      fruitlessReadings = 0
      startTimer(screen.name)
    }
    revision += 1
    const role = activity?.role ?? 'nobody'
    const isStaff = role !== 'nobody' && role !== 'citizen'
    const spoken = isStaff && !forStaff.has(language) ? firstLanguage : language
    return {
      revision,
      coreId: ports.coreId,
      screenId: `${ports.coreId}.${screenCount}`,
      language: spoken,
      languages: ports.languages.filter((one) => !isStaff || forStaff.has(one)),
      display,
      role,
      ...ports.surroundings(spoken),
      warning,
      can: activity?.can() ?? { back: false, leave: false },
      screen,
    }
  }

  function publish(): void {
    snapshot = build()
    for (const listener of listeners) listener()
  }

  function startTimer(name: ScreenName): void {
    cancelTimer()
    warning = null
    const timeoutMs = ports.screenTimeoutsMs[name]
    if (activity === undefined || timeoutMs === undefined) return
    const warnedMs = endsQuietly.has(name) ? 0 : Math.min(ports.warningMs, timeoutMs)
    const quietMs = timeoutMs - warnedMs
    cancelTimer = ports.clock.setTimer(quietMs, () => warn(warnedMs))
  }

  function warn(leftMs: number) {
    if (leftMs <= 0) {
      warning = null
      const shown = screenCount
      activity?.expire()
      publish()
      // It could not end just now (something is being sealed): the screen gets its time again.
      if (activity && screenCount === shown) startTimer(snapshot.screen.name)
      return
    }
    warning = { secondsLeft: Math.ceil(leftMs / 1_000) }
    const stepMs = Math.min(1_000, leftMs)
    cancelTimer = ports.clock.setTimer(stepMs, () => warn(leftMs - stepMs))
    publish()
  }

  /** A sign of life: the screen's time begins anew. */
  function alive(): void {
    startTimer(screenNow().name)
  }

  function intend(path: string, input: { readonly screenId: string }): Answer {
    const taken = take({ path, input } as unknown as Intent)
    if (taken) {
      fruitlessReadings = 0
      alive()
    }
    publish()
    const { revision } = snapshot
    return taken ? { taken, revision } : { taken, code: 'NOT_HERE', revision }
  }

  /** An intake without a printer, or a collection without doors, is not begun at all. */
  function offers(service: Service): boolean {
    const { services } = ports.surroundings(language)
    return services.some((truth) => truth.service === service && truth.available)
  }

  function take(intent: Intent): boolean {
    switch (intent.path) {
      case 'session.stay':
        return activity !== undefined
      case 'session.setLanguage': {
        if (!ports.languages.includes(intent.input.language)) return false
        language = intent.input.language
        activity?.intend(intent)
        keepChoices()
        return true
      }
      case 'session.setDisplay': {
        const { largeText, highContrast, reach } = intent.input
        display = { largeText, highContrast, reach }
        keepChoices()
        return true
      }
      case 'session.start':
        if (!offers(intent.input.journey)) return false
        return intent.input.journey === 'intake'
          ? begin((to) => ports.startIntake(to))
          : begin((to) => ports.startCollection(to, undefined))
      default:
        return activity?.intend(intent) ?? false
    }
  }

  return {
    current: () => snapshot,
    display: () => display,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    intend,
    read(code) {
      if (activity) {
        const shown = screenCount
        activity.read(code)
        publish()
        // A code that lies before the reader, or a broken one, must not keep somebody's screen up all day.
        if (screenCount === shown && fruitlessReadings < mostFruitlessReadings) {
          fruitlessReadings += 1
          alive()
        }
      } else if (!begin((to) => ports.startFromCode(to, code))) {
        idleProblem = code.kind === 'garbage' ? 'unreadable' : 'readNotWanted'
      }
      publish()
    },
    picture: (pageId) => activity?.picture?.(pageId),
    refresh: () => publish(),
    resume: (start) => begin(start),
    stop() {
      cancelTimer()
      cancelForget()
      activity?.stop()
      listeners.clear()
    },
  }
}
