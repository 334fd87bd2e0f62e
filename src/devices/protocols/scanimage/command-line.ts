/** What is fixed for one scanner model. Names and values are the SANE backend's own. */
export interface SaneProfile {
  /** `fujitsu:fi-8170:12345`, `net:192.0.2.7:epsonds`: fixed, as looking for devices takes ten seconds. */
  readonly device: string
  /** `ADF Front`, `ADF Duplex`, `Automatic Document Feeder`; the backend's default unless told. */
  readonly source?: string
  /** `Color` with almost all; absent for a backend without this option. */
  readonly mode?: string
  /** Size of the area that is scanned, from the top left. */
  readonly pageWidthMm?: number
  readonly pageHeightMm?: number
  /** Further options, e.g. `df-action: Stop` so that a double feed stops the run. */
  readonly options: Readonly<Record<string, string>>
}

export interface ScanRun {
  readonly resolutionDpi: number
  /** Absolute, without a slash at the end. */
  readonly folder: string
  /** Begins the name of every page of this run. */
  readonly prefix: string
  readonly maxPages: number
}

/** Option names of SANE are lower case with dashes; anything else could become another argument. */
const optionName = /^[a-z][a-z0-9-]*$/

/** scanimage(1): one batch over the whole feeder, each finished page's name on stdout. */
export function scanArguments(profile: SaneProfile, run: ScanRun): string[] {
  const { source, mode, pageWidthMm, pageHeightMm } = profile
  return [
    `--device-name=${profile.device}`,
    ...(source === undefined ? [] : [`--source=${source}`]),
    ...(mode === undefined ? [] : [`--mode=${mode}`]),
    `--resolution=${run.resolutionDpi}`,
    ...Object.entries(profile.options).map(([name, value]) => {
      if (!optionName.test(name)) throw new RangeError(`not a SANE option: ${name}`)
      return `--${name}=${value}`
    }),
    // One letter options take their value as an argument of its own.
    ...(pageWidthMm === undefined ? [] : ['-x', `${pageWidthMm}`]),
    ...(pageHeightMm === undefined ? [] : ['-y', `${pageHeightMm}`]),
    '--format=jpeg',
    // A printf format: a percent sign of the folder's name is doubled.
    `--batch=${`${run.folder}/${run.prefix}`.replaceAll('%', '%%')}%04d.jpg`,
    `--batch-count=${run.maxPages}`,
    '--batch-print',
  ]
}

/** Opens the device, prints its options with their present values, closes it: moves no paper. */
export function probeArguments(profile: SaneProfile): string[] {
  return [`--device-name=${profile.device}`, '--all-options']
}

/**
 * The number of the page that a line on stdout announces; undefined when it is something else. The name is
 * printed after `….part` was renamed, so a page that is announced is whole.
 */
export function readPageLine(
  line: string,
  run: Pick<ScanRun, 'folder' | 'prefix'>,
): number | undefined {
  const start = `${run.folder}/${run.prefix}`
  if (!line.startsWith(start)) return undefined
  const digits = /^(\d{4,6})\.jpg$/.exec(line.slice(start.length))?.[1]
  return digits === undefined ? undefined : Number(digits)
}
