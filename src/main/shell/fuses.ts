/** Switches within Electron's binary, in the order of its fuse wire, and how a packaged machine has them. */
export const fuses: readonly { readonly name: string; readonly on: boolean }[] = [
  { name: 'RunAsNode', on: false },
  { name: 'EnableCookieEncryption', on: true },
  { name: 'EnableNodeOptionsEnvironmentVariable', on: false },
  { name: 'EnableNodeCliInspectArguments', on: false },
  { name: 'EnableEmbeddedAsarIntegrityValidation', on: true },
  { name: 'OnlyLoadAppFromAsar', on: true },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false },
  { name: 'GrantFileProtocolExtraPrivileges', on: false },
]

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const wireVersion = 1

/**
 * What is wrong with the fuses of a packaged binary, one line each. Behind the sentinel stand the version and
 * the length of the wire, a byte each, then one ASCII digit a fuse: `1` on, `0` off, `r` removed.
 */
export function fuseProblems(binary: Buffer): readonly string[] {
  const at = binary.indexOf(sentinel)
  if (at < 0) return ['no fuse wire: not an Electron binary']
  const [version, length = 0, ...states] = binary.subarray(at + sentinel.length).subarray(0, 64)
  if (version !== wireVersion) return [`fuse wire of version ${version}: expected ${wireVersion}`]
  return fuses.flatMap(({ name, on }, index) => {
    const state = index < length ? String.fromCharCode(states[index] ?? 0) : 'missing'
    const wanted = on ? '1' : '0'
    return state === wanted || (!on && state === 'r') ? [] : [`${name} is ${state}, not ${wanted}`]
  })
}
