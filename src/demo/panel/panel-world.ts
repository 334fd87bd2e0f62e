import { z } from 'zod'
import type { DemoConfig } from '../demo-config.ts'
import { type DemoDeviceName, type DemoDevices, demoDeviceNames } from '../demo-devices.ts'
import type { NetworkCut } from '../network-cut.ts'
import { type PrintedSlip, printedSlips } from './printed-slips.ts'
import { type Thing, thingsInHand } from './things-in-hand.ts'

const smsSchema = z.object({
  items: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      phone: z.string(),
      text: z.string(),
      attachment: z.object({ kind: z.literal('qr'), payload: z.string() }).nullable(),
    }),
  ),
})
export type DemoSms = z.output<typeof smsSchema>['items'][number]

export interface PanelState {
  readonly config: DemoConfig
  /** What each simulator says of itself; `null` when it does not answer. */
  readonly devices: Readonly<Record<DemoDeviceName, unknown>>
  readonly plugged: Readonly<Record<DemoDeviceName, boolean>>
  readonly networkCut: boolean
  readonly sms: readonly DemoSms[]
  readonly slips: readonly PrintedSlip[]
  readonly things: readonly Thing[]
}

const actSchema = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.enum(demoDeviceNames),
    command: z.string().max(40),
    args: z.record(z.string(), z.unknown()).default({}),
  }),
  z.strictObject({ on: z.literal('network'), cut: z.boolean() }),
  z.strictObject({ on: z.literal('stock'), command: z.literal('takeBag') }),
])

export interface PanelWorld {
  state(): Promise<PanelState>
  /** Does one thing in the world. Rejects in the simulator's words when the world does not allow it. */
  act(request: unknown): Promise<unknown>
  picture(name: string): Promise<Buffer | undefined>
}

export interface PanelWorldOptions {
  readonly config: DemoConfig
  readonly devices: DemoDevices
  readonly network: NetworkCut
  readonly provinceUrl: string
  readonly slipFolder: string
  readonly memoryFile: string
}

/** The world outside the machine, as hands, cables and phones. It knows the simulators, never the kiosk. */
export function panelWorld(options: PanelWorldOptions): PanelWorld {
  const { devices, network } = options
  const things = thingsInHand(options.memoryFile)
  const slips = printedSlips(options.slipFolder)
  const plugged: Record<DemoDeviceName, boolean> = {
    ...{ printer: true, locker: true, reader: true, scanner: true },
  }

  const stateOf = async (device: 'printer' | 'locker' | 'scanner') => {
    try {
      return await devices[device].control.send('state')
    } catch {
      return null
    }
  }
  return {
    async state() {
      const [printer, locker, scanner, sms, newest] = await Promise.all([
        stateOf('printer'),
        stateOf('locker'),
        stateOf('scanner'),
        newestSms(options.provinceUrl),
        slips.newest(),
      ])
      return {
        config: options.config,
        devices: { printer, locker, reader: {}, scanner },
        plugged: { ...plugged },
        networkCut: network.isCut(),
        sms,
        slips: newest,
        things: things.all(),
      }
    },
    async act(request) {
      const act = actSchema.parse(request)
      switch (act.on) {
        case 'network':
          if (act.cut) network.cut()
          else network.restore()
          return null
        case 'stock':
          return { bagCode: things.takeBag() }
        case 'printer':
        case 'locker':
        case 'reader':
        case 'scanner': {
          const result = await devices[act.on].control.send(act.command, act.args)
          if (act.command === 'plug') plugged[act.on] = act.args.on === true
          return result ?? null
        }
      }
    },
    picture: slips.picture,
  }
}

/** The phones of the demo's citizens. They ask the province itself, not through the kiosk's line. */
async function newestSms(provinceUrl: string): Promise<readonly DemoSms[]> {
  try {
    const items: DemoSms[] = []
    let after = 0
    for (;;) {
      const response = await fetch(`${provinceUrl}/demo/sms?after=${after}&limit=500`)
      const page = smsSchema.parse(await response.json()).items
      items.push(...page)
      after = page.at(-1)?.id ?? after
      if (page.length < 500) return items.slice(-20).reverse()
    }
  } catch {
    return []
  }
}
