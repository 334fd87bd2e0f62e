import { type Client, createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { contract, type IntentionMeta } from '../../../contract/contract.ts'
import { exampleScreens } from '../../../contract/examples/example-screens.ts'
import { exampleSnapshot } from '../../../contract/examples/example-snapshot.ts'
import { roles } from '../../../contract/roles.ts'
import { type Screen, screenNames, screenSchema } from '../../../contract/screen.ts'
import type { Snapshot } from '../../../contract/snapshot.ts'
import { createRouter } from './router.ts'
import { serveContract } from './serve-contract.ts'
import type { SessionPort } from './session-port.ts'

/** A valid input for each procedure, without `screenId`. One that is missing here fails the walk. */
const inputs: Readonly<Record<string, object>> = {
  'session.start': { journey: 'intake' },
  'session.setLanguage': { language: 'en' },
  'session.setDisplay': { largeText: true, highContrast: false, reach: true },
  'session.stay': {},
  'session.back': {},
  'session.leave': {},
  'input.set': { value: '1' },
  'input.submit': {},
  'intake.acceptNotice': {},
  'intake.lookUpProcedures': {},
  'intake.typeIdentity': { method: 'passport' },
  'intake.confirmIdentity': {},
  'intake.chooseRelation': { relation: 'self' },
  'intake.typeOwner': {},
  'intake.noPhone': {},
  'intake.resendPhoneCode': {},
  'intake.withoutPhoneCode': {},
  'intake.chooseProcedure': { code: 'x' },
  'intake.acceptProcedure': {},
  'intake.setPaper': { paperId: 'p', kind: 'original', count: 1 },
  'intake.confirmPapers': {},
  'intake.confirmSummary': {},
  'intake.answerMissing': { inside: true },
  'intake.printAgain': {},
  'intake.anotherBag': {},
  'intake.finish': {},
  'scan.start': {},
  'scan.skip': {},
  'scan.stop': {},
  'scan.showPages': {},
  'scan.addPages': {},
  'scan.choosePage': { pageId: 'page-1' },
  'scan.replacePage': {},
  'scan.leavePageOut': {},
  'scan.movePage': { to: 'later' },
  'scan.accept': {},
  'scan.originalTaken': {},
  'collection.typeCode': {},
  'collection.typeIntakeNumber': {},
  'collection.openAgain': {},
  'collection.finish': {},
  'operator.filter': { filter: 'all' },
  'operator.turnPage': { to: 'later' },
  'operator.inspect': { key: '0198c1f2-0000-7000-8000-000000000001' },
  'operator.retryAll': {},
  'operator.exportCsv': {},
  'operator.retry': {},
  'operator.park': {},
  'operator.release': {},
  'operator.handOver': {},
  'operator.giveReason': { reason: 'mended' },
  'technician.inspect': { device: 'printer' },
  'technician.writeBundle': {},
  'technician.runTest': { test: 'testSlip' },
  'technician.openCompartment': { compartment: 3 },
  'officer.startStocking': {},
  'officer.fillSupply': { supply: 'bags' },
  'officer.startEmptying': {},
  'officer.openNext': {},
  'officer.startRound': {},
  'officer.stopRound': {},
  'officer.bagUnreadable': {},
  'officer.recordSurplus': {},
  'officer.nothingInside': {},
  'officer.handOver': {},
  'officer.printHandOver': {},
  'officer.handOverDone': {},
  'officer.bagMissing': {},
  'officer.startOffList': {},
  'officer.chooseCompartment': { compartment: 3 },
  'officer.giveReason': { reason: 'officeAsks' },
  'officer.continueAfterProblem': {},
}

type UntypedClient = Record<string, Record<string, Client<object, unknown, unknown, Error>>>

interface Declared {
  readonly path: string
  readonly meta: IntentionMeta
}

const queries: readonly string[] = ['snapshot.watch', 'picture.page']
const intentions = declared(contract, []).filter(({ path }) => !queries.includes(path))

function declared(node: object, path: readonly string[]): Declared[] {
  if (isContractProcedure(node)) {
    return [{ path: path.join('.'), meta: node['~orpc'].meta as IntentionMeta }]
  }
  return Object.entries(node).flatMap(([key, child]) => declared(child, [...path, key]))
}

function screenNamed(name: string): Screen {
  const found = Object.values(exampleScreens).find((screen) => screen.name === name)
  if (found === undefined) throw new Error(`No example of ${name}`)
  return found
}

class FakeSession implements SessionPort {
  snapshot: Snapshot = exampleSnapshot(screenNamed('idle'))
  readonly taken: { path: string; input: object }[] = []
  readonly listeners = new Set<() => void>()

  current(): Snapshot {
    return this.snapshot
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  intend(path: string, input: object) {
    this.taken.push({ path, input })
    return { taken: true }
  }

  picture(pageId: string): Uint8Array | undefined {
    return pageId === 'page-1' ? Uint8Array.of(0xff, 0xd8) : undefined
  }

  change(changes: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...changes, revision: this.snapshot.revision + 1 }
    for (const listener of this.listeners) listener()
  }
}

/** Client and served router joined by two functions: the real codecs and handlers, no wire. */
function connect(session: SessionPort, waitBeforeSend: () => Promise<void> = async () => {}) {
  const toServer: ((text: string) => void)[] = []
  const serverClosed: (() => void)[] = []
  const clientListeners: Record<string, ((event: { data?: string }) => void)[]> = {}
  let closedByServer = false
  serveContract(createRouter(session), {
    send: async (text) => {
      await waitBeforeSend()
      for (const listener of clientListeners.message ?? []) listener({ data: text })
    },
    onMessage: (listener) => toServer.push(listener),
    onClose: (listener) => serverClosed.push(listener),
    close: () => {
      closedByServer = true
    },
  })
  const deliver = (text: string) => {
    for (const listener of toServer) listener(text)
  }
  const websocket = {
    readyState: 1,
    send: (data: unknown) => deliver(String(data)),
    addEventListener: (type: string, listener: (event: { data?: string }) => void) => {
      clientListeners[type] = [...(clientListeners[type] ?? []), listener]
    },
    removeEventListener: () => {},
  }
  const client = createORPCClient<UntypedClient>(new RPCLink({ websocket: websocket as never }))
  const call = (path: string, input: unknown): Promise<unknown> => {
    const [group = '', name = ''] = path.split('.')
    return client[group]?.[name]?.(input) ?? Promise.reject(new Error('No such procedure'))
  }
  return {
    call,
    deliver,
    isClosedByServer: () => closedByServer,
    close: () => {
      for (const listener of serverClosed) listener()
    },
  }
}

describe('the whole contract', () => {
  it('is covered by the walk', () => {
    expect(intentions.map(({ path }) => path).sort()).toEqual(Object.keys(inputs).sort())
    for (const { path, meta } of intentions) expect(meta.roles.length, path).toBeGreaterThan(0)
  })

  it.each(roles)('reaches core as %s exactly where it is declared', async (role) => {
    const session = new FakeSession()
    const { call } = connect(session)
    for (const name of screenNames) {
      session.change({ role, screen: screenNamed(name), screenId: `${role}-${name}` })
      for (const { path, meta } of intentions) {
        session.taken.length = 0
        const input = { ...inputs[path], screenId: session.snapshot.screenId }
        const answer = await call(path, input)
        const roleAllowed = meta.roles.includes(role)
        const screenAllowed = meta.screens === 'any' || meta.screens.includes(name)
        const where = `${path} as ${role} on ${name}`
        if (roleAllowed && screenAllowed) {
          expect(answer, where).toEqual({ taken: true })
          expect(session.taken, where).toEqual([{ path, input }])
        } else {
          const code = roleAllowed ? 'NOT_HERE' : 'NOT_ALLOWED'
          expect(answer, where).toEqual({ taken: false, code })
          expect(session.taken, where).toEqual([])
        }
      }
    }
  })

  it('lets nobody name a door but a technician and an officer, who need a second person for any but an empty one and any at all', () => {
    const naming = Object.entries(inputs).filter(([, input]) => 'compartment' in input)
    expect(naming.map(([path]) => path)).toEqual([
      'technician.openCompartment',
      'officer.chooseCompartment',
    ])
  })

  it('takes nothing that was meant for an earlier screen', async () => {
    const session = new FakeSession()
    const { call } = connect(session)
    const answer = await call('session.start', { screenId: 'earlier', journey: 'intake' })
    expect(answer).toEqual({ taken: false, code: 'STALE_SCREEN' })
    expect(session.taken).toEqual([])
  })
})

describe('input that is not of the declared shape', () => {
  const bad: readonly unknown[] = [
    undefined,
    null,
    'text',
    {},
    { screenId: 7, journey: 'intake' },
    { screenId: 'x'.repeat(65), journey: 'intake' },
    { screenId: 'example-idle', journey: 'intake', extra: true },
    { screenId: 'example-idle', journey: 'theft' },
  ]

  it('is answered INVALID and the connection goes on', async () => {
    const session = new FakeSession()
    const { call } = connect(session)
    for (const input of bad) {
      const answer = await call('session.start', input)
      expect(answer).toEqual({ taken: false, code: 'INVALID' })
    }
    expect(session.taken).toEqual([])
    const good = { screenId: 'example-idle', journey: 'intake' }
    expect(await call('session.start', good)).toEqual({ taken: true })
  })

  it.each(['', 'not json', '{"i":"1"}', '{"i":"1","p":{"u":"http://["}}', '[]', 'null'])(
    'closes the port on %j without ending the process',
    async (garbage) => {
      const peer = connect(new FakeSession())
      peer.deliver(garbage)
      await expect.poll(peer.isClosedByServer).toBe(true)
    },
  )

  it('knows no procedure outside the contract', async () => {
    const { call } = connect(new FakeSession())
    await expect(call('session.__proto__', {})).rejects.toThrow()
    await expect(call('session.unlock', {})).rejects.toThrow()
  })
})

it('takes typing on every screen that has a field, and on no other', () => {
  const withField = screenSchema.options
    .filter(({ shape }) => 'input' in shape)
    .map(({ shape }) => shape.name.value)
  const { meta } = intentions.find(({ path }) => path === 'input.set') ?? { meta: undefined }
  expect([...(meta?.screens ?? [])].sort()).toEqual(withField.sort())
})

describe('picture.page', () => {
  it.each(roles)('shows a page to %s only where a citizen looks at it', async (role) => {
    const session = new FakeSession()
    const { call } = connect(session)
    for (const name of screenNames) {
      session.change({ role, screen: screenNamed(name), screenId: `${role}-${name}` })
      const input = { screenId: session.snapshot.screenId, pageId: 'page-1' }
      const isThere = role === 'citizen' && (name === 'scanReview' || name === 'scanPage')
      const jpegBase64 = isThere ? '/9g=' : null
      expect(await call('picture.page', input), `${role} on ${name}`).toEqual({ jpegBase64 })
    }
  })

  it('shows nothing for an earlier screen, or of a page that is not there', async () => {
    const session = new FakeSession()
    const { call } = connect(session)
    session.change({ role: 'citizen', screen: screenNamed('scanReview'), screenId: 'now' })
    for (const input of [
      { screenId: 'earlier', pageId: 'page-1' },
      { screenId: 'now', pageId: 'page-2' },
    ]) {
      expect(await call('picture.page', input)).toEqual({ jpegBase64: null })
    }
  })
})

describe('snapshot.watch', () => {
  it('gives the current snapshot at once, then each change', async () => {
    const session = new FakeSession()
    const { call } = connect(session)
    const watch = (await call('snapshot.watch', undefined)) as AsyncIterator<Snapshot>
    expect((await watch.next()).value.screen.name).toBe('idle')
    session.change({ screen: screenNamed('notice') })
    expect((await watch.next()).value.screen.name).toBe('notice')
  })

  it('lets a slow client skip to the newest, and forgets it when it is gone', async () => {
    const session = new FakeSession()
    let release = () => {}
    let blocked = false
    let blockedSends = 0
    const { call, close } = connect(session, async () => {
      if (!blocked) return
      blockedSends++
      await new Promise<void>((resolve) => {
        release = resolve
      })
    })
    const watch = (await call('snapshot.watch', undefined)) as AsyncIterator<Snapshot>
    await watch.next()
    blocked = true
    session.change({})
    await expect.poll(() => blockedSends).toBe(1)
    for (let change = 0; change < 1000; change++) session.change({})
    blocked = false
    release()
    expect((await watch.next()).value.revision).toBe(2)
    expect((await watch.next()).value.revision).toBe(1002)
    expect(blockedSends).toBe(1)
    close()
    await expect.poll(() => session.listeners.size).toBe(0)
  })
})
