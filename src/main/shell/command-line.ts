import { parseArgs } from 'node:util'

export interface ShellCommand {
  readonly configFile: string
  readonly windowed: boolean
}

export const shellUsage = 'usage: npm run shell -- --config FILE [--windowed]'

/** The command line, or one sentence about what is wrong with it. Switches of Chromium stand beside ours. */
export function readShellCommand(args: readonly string[]): ShellCommand | string {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { config: { type: 'string' }, windowed: { type: 'boolean', default: false } },
  })
  if (typeof values.config !== 'string') return '--config is missing'
  return { configFile: values.config, windowed: values.windowed === true }
}
