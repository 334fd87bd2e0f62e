import type { ConfigProblem } from './config/config-problem.ts'
import { shellLinkOf } from './rpc/shell-ports.ts'

/** The supervisor does not start core again after this exit code: the configuration has to change first. */
const configurationExitCode = 78

export function refuseConfiguration(problems: readonly ConfigProblem[]): void {
  for (const { file, key, reason } of problems) process.stderr.write(`${file}: ${key}: ${reason}\n`)
  leave()
}

export function cannotStart({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): void {
  process.stderr.write(`${code}: ${message}\n`)
  leave()
}

function leave(): void {
  process.exitCode = configurationExitCode
  process.disconnect?.()
  // The channel to a shell cannot be closed from here, and would keep this process.
  if (shellLinkOf(process)) process.exit()
}
