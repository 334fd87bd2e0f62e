import type { ReasonCode } from '../../contract/faults.ts'
import { readSensors, type SaneSensors } from '../protocols/scanimage/sensors.ts'
import { readStderrLine } from '../protocols/scanimage/status-text.ts'
import type { ProcessEnd } from '../transport/process.ts'

export type ProbeResult =
  | { readonly found: true; readonly sensors: SaneSensors }
  | { readonly found: false; readonly reason: ReasonCode }

/** What a look at the device told: it opened, or why not. */
export function probeResult(
  { end, silenced }: { readonly end: ProcessEnd; readonly silenced: boolean },
  stdout: readonly string[],
  stderr: readonly string[],
): ProbeResult {
  if (silenced) return { found: false, reason: 'SCANNER_SILENT' }
  if (end.end === 'notStarted') return { found: false, reason: end.reason }
  const failure = stderr.map(readStderrLine).find((word) => word?.said === 'openFailed')
  if (failure?.said === 'openFailed') return { found: false, reason: failure.reason }
  if (end.end === 'exit' && end.code === 0) return { found: true, sensors: readSensors(stdout) }
  return { found: false, reason: withoutProgram(end) ?? 'SCANNER_ERROR' }
}

/** What a launcher before scanimage says by its exit status (POSIX, 2.8.2): not allowed, or not found. */
function withoutProgram(end: ProcessEnd): ReasonCode | undefined {
  if (end.end !== 'exit') return undefined
  if (end.code === 126) return 'PERMISSION'
  return end.code === 127 ? 'PROGRAM_MISSING' : undefined
}
