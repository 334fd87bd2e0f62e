import { parseArgs } from 'node:util'

export interface HostCommand {
  readonly configFile: string
  /** Overrides the configuration's. */
  readonly port: number | undefined
  readonly browser: boolean
}

export const hostUsage = 'usage: npm run kiosk -- --config FILE [--port N] [--no-browser]'

/** The command line, or one sentence about what is wrong with it. */
export function readCommandLine(args: readonly string[]): HostCommand | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean', default: true },
      },
    })
    if (values.config === undefined) return '--config is missing'
    const port = values.port === undefined ? undefined : Number(values.port)
    if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
      return `--port ${values.port}: must be 0 to 65535`
    }
    return { configFile: values.config, port, browser: values.browser }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
