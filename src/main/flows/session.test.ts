import { describe, expect, it } from 'vitest'
import type { Screen } from '../../contract/screen.ts'
import type { Activity, ActivityHost } from './activity.ts'
import type { Choices, ChoicesMark } from './choices.ts'
import type { FlowClock } from './clock.ts'
import { createSession } from './session.ts'

/** A machine that serves, with nobody before it. */
const nobodyAround = {
  warningMs: 20_000,
  surroundings: () =>
    ({
      services: [{ service: 'intake', available: true, reasons: [] }],
    }) as unknown as ReturnType<Parameters<typeof createSession>[0]['surroundings']>,
  freeCompartments: () => 1,
  idleHint: () => 'none' as const,
}
const nothingChosen: ChoicesMark = { last: undefined, note() {}, clear() {} }

function handClock() {
  let nowMs = 0
  const timers = new Set<{ atMs: number; fire: () => void }>()
  const clock: FlowClock = {
    now: () => new Date(nowMs),
    monotonicMs: () => nowMs,
    setTimer(delayMs, fire) {
      const timer = { atMs: nowMs + delayMs, fire }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  return {
    clock,
    advance(ms: number) {
      const untilMs = nowMs + ms
      for (;;) {
        const [next] = [...timers]
          .filter(({ atMs }) => atMs <= untilMs)
          .sort((a, b) => a.atMs - b.atMs)
        if (!next) break
        nowMs = next.atMs
        timers.delete(next)
        next.fire()
      }
      nowMs = untilMs
    },
  }
}

it('gives a screen its time again when it could not end, and ends it the next time', () => {
  const { clock, advance } = handClock()
  let sealing = true
  const expired: number[] = []
  const activity = (host: ActivityHost): Activity => ({
    role: 'citizen',
    screen: () => ({ name: 'notice' }),
    can: () => ({ back: false, leave: false }),
    intend: () => false,
    read() {},
    expire() {
      expired.push(clock.monotonicMs())
      if (!sealing) host.end()
    },
    stop() {},
  })
  const session = createSession({
    clock,
    languages: ['vi'],
    coreId: 'core',
    choices: nothingChosen,
    screenTimeoutsMs: { notice: 60_000 },
    ...nobodyAround,
    startIntake: activity,
    startCollection: activity,
    startFromCode: () => undefined,
    onOccupied() {},
  })
  const { screenId } = session.current()
  session.intend('session.start', { screenId, journey: 'intake' } as { screenId: string })
  expect(session.current().screen.name).toBe('notice')
  advance(60_000)
  expect(expired).toEqual([60_000])
  expect(session.current()).toMatchObject({ screen: { name: 'notice' }, warning: null })
  sealing = false
  advance(45_000)
  expect(session.current().warning).toEqual({ secondsLeft: 15 })
  advance(15_000)
  expect(expired).toEqual([60_000, 120_000])
  expect(session.current().screen.name).toBe('idle')
})

it('forgets how a person wanted the screen when they leave, or walk away from an idle screen', () => {
  const { clock, advance } = handClock()
  const quiet: (host: ActivityHost) => Activity = (host) => ({
    role: 'citizen',
    screen: () => ({ name: 'notice' }),
    can: () => ({ back: false, leave: true }),
    intend(intent) {
      if (intent.path !== 'session.leave') return false
      host.end()
      return true
    },
    read() {},
    expire() {},
    stop() {},
  })
  const session = createSession({
    clock,
    languages: ['vi', 'en'],
    coreId: 'core',
    choices: nothingChosen,
    screenTimeoutsMs: {},
    ...nobodyAround,
    startIntake: quiet,
    startCollection: quiet,
    startFromCode: () => undefined,
    onOccupied() {},
  })
  const wish = { largeText: true, highContrast: false, reach: true }
  const plain = { largeText: false, highContrast: false, reach: false }
  const say = (path: string, input: object) =>
    session.intend(path, { screenId: session.current().screenId, ...input } as never)

  say('session.setDisplay', wish)
  say('session.setLanguage', { language: 'en' })
  expect(session.current()).toMatchObject({ display: wish, language: 'en' })
  advance(59_999)
  expect(session.current()).toMatchObject({ display: wish, language: 'en' })
  advance(1)
  expect(session.current()).toMatchObject({ display: plain, language: 'vi' })

  say('session.setDisplay', wish)
  say('session.start', { journey: 'intake' })
  // Their own for as long as they are here.
  advance(600_000)
  expect(session.current()).toMatchObject({ display: wish, screen: { name: 'notice' } })
  say('session.leave', {})
  expect(session.current()).toMatchObject({ display: plain, screen: { name: 'idle' } })
})

it('is the same idle screen after a code that means nothing there: a touch on it is taken', () => {
  const { clock } = handClock()
  const activity: (host: ActivityHost) => Activity = () => ({
    role: 'citizen',
    screen: () => ({ name: 'notice' }),
    can: () => ({ back: false, leave: true }),
    intend: () => false,
    read() {},
    expire() {},
    stop() {},
  })
  const session = createSession({
    clock,
    languages: ['vi'],
    coreId: 'core',
    choices: nothingChosen,
    screenTimeoutsMs: {},
    ...nobodyAround,
    startIntake: activity,
    startCollection: activity,
    startFromCode: () => undefined,
    onOccupied() {},
  })
  const { screenId } = session.current()
  session.read({ kind: 'garbage', foreign: false })
  expect(session.current()).toMatchObject({ screenId, screen: { problem: 'unreadable' } })
  session.intend('session.start', { screenId, journey: 'intake' } as { screenId: string })
  expect(session.current().screen.name).toBe('notice')
  expect(session.current().screenId).not.toBe(screenId)
})

describe('after a crash of core', () => {
  const wish: Choices = {
    language: 'en',
    display: { largeText: true, highContrast: true, reach: false },
  }
  const plain = { largeText: false, highContrast: false, reach: false }
  const quiet: (host: ActivityHost) => Activity = (host) => ({
    role: 'citizen',
    screen: () => ({ name: 'notice' }),
    can: () => ({ back: false, leave: true }),
    intend(intent) {
      if (intent.path === 'session.leave') host.end()
      return true
    },
    read() {},
    expire() {},
    stop() {},
  })
  function begun(last: Choices | undefined) {
    let marked: Choices | undefined = last
    const { clock, advance } = handClock()
    const session = createSession({
      clock,
      languages: ['vi', 'en'],
      coreId: 'core',
      choices: {
        last,
        note(choices) {
          marked = choices
        },
        clear() {
          marked = undefined
        },
      },
      screenTimeoutsMs: {},
      ...nobodyAround,
      startIntake: quiet,
      startCollection: quiet,
      startFromCode: () => undefined,
      onOccupied() {},
    })
    const say = (path: string, input: object = {}) =>
      session.intend(path, { screenId: session.current().screenId, ...input } as never)
    return { session, advance, say, marked: () => marked }
  }

  it('shows the person whose matter comes back what they had chosen, until they leave', () => {
    const { session, advance, say, marked } = begun(wish)
    expect(session.current()).toMatchObject(wish)
    session.resume(quiet)
    advance(600_000)
    expect(session.current()).toMatchObject({ ...wish, screen: { name: 'notice' } })
    say('session.leave')
    expect(session.current()).toMatchObject({ language: 'vi', display: plain })
    expect(marked()).toBeUndefined()
  })

  it('keeps it a minute for a person whose matter did not come back', () => {
    const { session, advance, marked } = begun(wish)
    advance(59_999)
    expect(session.current()).toMatchObject(wish)
    advance(1)
    expect(session.current()).toMatchObject({ language: 'vi', display: plain })
    expect(marked()).toBeUndefined()
  })

  it('speaks the first language where the machine no longer knows the chosen one', () => {
    const { session } = begun({ ...wish, language: 'km' })
    expect(session.current()).toMatchObject({ language: 'vi', display: wish.display })
  })

  it('notes each choice as it is made', () => {
    const { say, marked } = begun(undefined)
    say('session.setLanguage', { language: 'en' })
    expect(marked()).toEqual({ language: 'en', display: plain })
    say('session.setDisplay', wish.display)
    expect(marked()).toEqual(wish)
  })
})

it('ends a screen that nobody touches, whatever keeps lying before the reader', () => {
  const { clock, advance } = handClock()
  let step = 0
  let expired = 0
  const activity = (host: ActivityHost): Activity => ({
    role: 'citizen',
    screen: () => ({ name: step % 2 === 0 ? 'notice' : 'identify', problem: null }) as Screen,
    can: () => ({ back: false, leave: false }),
    intend: () => true,
    read(code) {
      if (code.kind === 'badge') step += 1
    },
    expire() {
      expired += 1
      host.end()
    },
    stop() {},
  })
  const session = createSession({
    clock,
    languages: ['vi'],
    coreId: 'core',
    choices: nothingChosen,
    screenTimeoutsMs: { notice: 60_000, identify: 60_000 },
    ...nobodyAround,
    startIntake: activity,
    startCollection: activity,
    startFromCode: () => undefined,
    onOccupied() {},
  })
  const touch = (path: string) =>
    session.intend(path, { screenId: session.current().screenId, journey: 'intake' } as never)
  touch('session.start')

  // A person who tries again has time, and so has one who gets on by the reader alone.
  for (let more = 0; more < 60; more += 1) {
    advance(30_000)
    session.read({ kind: 'garbage', foreign: false })
    advance(20_000)
    session.read({ kind: 'badge', payload: '' })
  }
  for (let more = 0; more < 40; more += 1) {
    advance(50_000)
    session.read({ kind: 'garbage', foreign: true })
    if (more % 5 === 0) touch('session.stay')
  }
  expect(expired).toBe(0)
  expect(session.current().screen.name).not.toBe('idle')

  // Two codes side by side, or a reader that is broken: each read is another one, all day.
  for (let more = 0; more < 200; more += 1) {
    session.read({ kind: 'garbage', foreign: more % 2 === 0 })
    advance(1_000)
  }
  expect(expired).toBe(1)
  expect(session.current().screen.name).toBe('idle')
})
