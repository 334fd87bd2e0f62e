import { parseArgs } from 'node:util'

export interface DemoCommand {
  /** Everything the demo writes. */
  readonly dataFolder: string
  /** Begin with nothing: no dossiers, no keys. */
  readonly fresh: boolean
  /** Screen at N, demo panel at N + 1, province at N + 2; 0: any free ports. */
  readonly port: number
  /** Whether browsers are opened at all. */
  readonly browser: boolean
  /** The screen in a window beside the panel instead of over the whole display. */
  readonly windowed: boolean
  /** Fetch Electron's binary where it is missing. */
  readonly electron: boolean
}

export const demoUsage =
  'usage: npm start -- [--fresh] [--data DIR] [--port N] [--windowed] [--electron] [--no-browser]'

/** The command line, or one sentence about what is wrong with it. */
export function readDemoCommand(args: readonly string[]): DemoCommand | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        data: { type: 'string', default: 'var/demo' },
        fresh: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        browser: { type: 'boolean', default: true },
        windowed: { type: 'boolean', default: false },
        electron: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_533) {
      return `--port ${values.port}: must be 0 to 65533`
    }
    const { data, fresh, browser, windowed, electron } = values
    return { dataFolder: data, fresh, port, browser, windowed, electron }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
